import DataLoader from 'dataloader';
import { cutPage, type Page, type PageWish } from '../../graphql-kit/relay/connection.js';
import type { Context } from '../../graphql-kit/context.js';
import { perRequest } from '../../graphql-kit/per-request.js';
import {
  countCallKeys,
  findCallKeys,
  findCallKeysById,
  type CallKeyChoice,
  type CallKeyRow,
} from './find-call-keys.js';

/** Whose call keys, and which of them. */
export interface CallKeysKey {
  readonly accountId: string;
  readonly choice: CallKeyChoice;
}

/** And which page. */
interface CallKeysPageKey extends CallKeysKey {
  readonly page: PageWish;
}

const wishOf = ({ accountId: _, ...wanted }: CallKeysKey) => JSON.stringify(wanted);
const nameOf = (key: CallKeysKey) => `${key.accountId} ${wishOf(key)}`;

/** The keys of a batch in groups that want the same, each of which takes one statement. */
const groupsOf = <Key extends CallKeysKey>(keys: readonly Key[]) =>
  [...Map.groupBy(keys, wishOf).values()].flatMap((group) =>
    group.slice(0, 1).map((wanted) => ({ wanted, accountIds: group.map(({ accountId }) => accountId) })),
  );

/** Pages of call keys: one statement for all accounts of which the same page is wanted. */
export const callKeysLoader = perRequest(
  ({ reader, now }: Context) =>
    new DataLoader<CallKeysPageKey, Page<CallKeyRow>, string>(
      async (keys) => {
        const found = new Map<string, CallKeyRow[]>();
        await Promise.all(
          groupsOf(keys).map(async ({ wanted, accountIds }) => {
            const {
              choice,
              page: { after, before, size, backward },
            } = wanted;
            const rows = await findCallKeys(
              reader,
              { ...choice, accountIds, now, after, before, limit: size + 1 },
              backward,
            );
            for (const [accountId, own] of Map.groupBy(rows, (row) => row.accountId))
              found.set(nameOf({ ...wanted, accountId }), own);
          }),
        );
        return keys.map((key) => cutPage(found.get(nameOf(key)) ?? [], key.page));
      },
      { cacheKeyFn: nameOf },
    ),
);

/** How many call keys there are: one statement for all accounts of which the same ones are counted. */
export const callKeyCountsLoader = perRequest(
  ({ reader, now }: Context) =>
    new DataLoader<CallKeysKey, number, string>(
      async (keys) => {
        const found = new Map<string, number>();
        await Promise.all(
          groupsOf(keys).map(async ({ wanted, accountIds }) => {
            for (const { accountId, count } of await countCallKeys(reader, { ...wanted.choice, accountIds, now }))
              found.set(nameOf({ ...wanted, accountId }), Number(count));
          }),
        );
        return keys.map((key) => found.get(nameOf(key)) ?? 0);
      },
      { cacheKeyFn: nameOf },
    ),
);

/** Call keys by their ids, whoever's: one statement for all of them. */
export const callKeyLoader = perRequest(
  ({ reader, now }: Context) =>
    new DataLoader<string, CallKeyRow | null>(async (ids) => {
      const byId = new Map((await findCallKeysById(reader, { ids, now })).map((callKey) => [callKey.id, callKey]));
      return ids.map((id) => byId.get(id) ?? null);
    }),
);
