import DataLoader from 'dataloader';
import { hours } from '../../duration.js';
import { cutPage, type Page, type PageWish } from '../../graphql-kit/relay/connection.js';
import type { Context } from '../../graphql-kit/context.js';
import { perRequest } from '../../graphql-kit/per-request.js';
import { findUsageLogs, type UsageLogRow } from './find-usage-logs.js';
import { idRangeOf, type UsageChoice } from './usage-choice.js';

/** Whose logs, which of them, and which page. */
export interface UsageLogsKey {
  /** Null for everybody's. */
  readonly accountId: string | null;
  readonly choice: UsageChoice;
  readonly page: PageWish;
}

const wishOf = ({ accountId, choice, page }: UsageLogsKey) => JSON.stringify([accountId === null, choice, page]);
const nameOf = (key: UsageLogsKey) => `${key.accountId} ${wishOf(key)}`;

/**
 * How far from now a log may be (in ms): five minutes by the clock of its gateway, and the rest for instances of which
 * one has a wrong time.
 */
const LATEST_MS = hours(24);

/**
 * The end of a list, which is now where a filter names none: nothing comes later, so that partitions made ahead are not
 * looked into.
 */
function endOf({ to }: UsageChoice, now: Date): Date {
  const latest = new Date(now.getTime() + LATEST_MS);
  return to && to < latest ? to : latest;
}

/** Pages of logs: one statement for all accounts of which the same page is wanted, and one for everybody's. */
export const usageLogsLoader = perRequest(
  ({ reader, now }: Context) =>
    new DataLoader<UsageLogsKey, Page<UsageLogRow>, string>(
      async (keys) => {
        const found = new Map<string, readonly UsageLogRow[]>();
        await Promise.all(
          [...Map.groupBy(keys, wishOf).values()].map(async (group) => {
            const [key] = group;
            if (!key) return;
            const { choice, page } = key;
            const accountIds = key.accountId === null ? null : group.flatMap(({ accountId }) => accountId ?? []);
            const rows = await findUsageLogs(
              reader,
              {
                ...choice,
                ...idRangeOf({ from: choice.from, to: endOf(choice, now) }, page),
                accountIds,
                limit: page.size + 1,
              },
              page.backward,
            );
            for (const [accountId, own] of Map.groupBy(rows, (row) => (accountIds ? row.accountId : null)))
              found.set(nameOf({ ...key, accountId }), own);
          }),
        );
        return keys.map((key) => cutPage(found.get(nameOf(key)) ?? [], key.page));
      },
      { cacheKeyFn: nameOf },
    ),
);
