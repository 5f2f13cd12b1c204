import DataLoader from 'dataloader';
import { minutes } from '../../duration.js';
import type { Context } from '../../graphql-kit/context.js';
import { perRequest } from '../../graphql-kit/per-request.js';
import { findUsageSums, type UsageSum } from './find-usage-sums.js';
import type { UsageChoice } from './usage-choice.js';
import { divide, type Span } from './usage-spans.js';
import { NIL_ID } from '../../database/connection/id.js';
import type { Period } from './usage-total.entity.js';

/** Whose usage, which of it, of what time, and by which periods. */
export interface UsageSumsKey {
  /** Null for everybody's. */
  readonly accountId: string | null;
  readonly choice: UsageChoice;
  readonly span: Span;
  /** Null for one sum. */
  readonly interval: Period | null;
}

const questionOf = ({ accountId, ...question }: UsageSumsKey) => JSON.stringify([accountId === null, question]);
const nameOf = (key: UsageSumsKey) => `${key.accountId} ${questionOf(key)}`;

/**
 * The totals that serve a sum: those of everybody are of hours and days, those of a person of days. No period of a
 * series may be shorter than its total, and no total knows a request.
 */
function periodsFor({ accountId, choice, interval }: UsageSumsKey): Period[] {
  if (choice.requestId !== null) return [];
  const ofEverybody = accountId === null && choice.callKeyId === null;
  const periods: Period[] = ofEverybody ? ['DAY', 'HOUR'] : ['DAY'];
  return interval === 'HOUR' ? periods.filter((period) => period === 'HOUR') : periods;
}

/** What usage comes to: one statement for all accounts of which the same is wanted, and one for everybody's. */
export const usageSumsLoader = perRequest(
  ({ reader }: Context) =>
    new DataLoader<UsageSumsKey, readonly UsageSum[], string>(
      async (keys) => {
        const found = new Map<string, readonly UsageSum[]>();
        await Promise.all(
          [...Map.groupBy(keys, questionOf).values()].map(async (group) => {
            const [key] = group;
            if (!key) return;
            const accountIds = key.accountId === null ? null : group.flatMap(({ accountId }) => accountId ?? []);
            const sums = await findUsageSums(reader, {
              accountIds,
              choice: key.choice,
              pieces: divide(key.span, periodsFor(key)),
              interval: key.interval,
            });
            for (const [accountId, own] of Map.groupBy(sums, (sum) =>
              sum.accountId === NIL_ID ? null : sum.accountId,
            ))
              found.set(nameOf({ ...key, accountId }), own);
          }),
        );
        return keys.map((key) => found.get(nameOf(key)) ?? []);
      },
      { cacheKeyFn: nameOf },
    ),
);

/** How long a time a rate is of (in ms). */
const RATE_MS = minutes(1);

/** The same usage in the last 60 seconds, this millisecond among them. */
export const lastMinuteOf = (
  { accountId, choice }: Pick<UsageSumsKey, 'accountId' | 'choice'>,
  now: Date,
): UsageSumsKey => ({
  accountId,
  choice,
  span: { from: new Date(now.getTime() - RATE_MS + 1), to: new Date(now.getTime() + 1) },
  interval: null,
});
