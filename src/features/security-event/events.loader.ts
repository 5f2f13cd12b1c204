import DataLoader from 'dataloader';
import { cutPage, type Page, type PageWish } from '../../graphql-kit/relay/connection.js';
import type { Context } from '../../graphql-kit/context.js';
import { perRequest } from '../../graphql-kit/per-request.js';
import { findEvents, type EventChoice, type SecurityEventRow } from './find-events.js';

/** Whose events, which of them, and which page. */
export interface EventsKey {
  readonly accountId: string;
  readonly choice: EventChoice;
  readonly page: PageWish;
}

const wishOf = ({ choice, page }: EventsKey) => JSON.stringify([choice, page]);
const nameOf = (key: EventsKey) => `${key.accountId} ${wishOf(key)}`;

/** Pages of events: one statement for all accounts of which the same page is wanted. */
export const eventsLoader = perRequest(
  ({ reader }: Context) =>
    new DataLoader<EventsKey, Page<SecurityEventRow>, string>(
      async (keys) => {
        const found = new Map<string, readonly SecurityEventRow[]>();
        await Promise.all(
          [...Map.groupBy(keys, wishOf).values()].map(async (group) => {
            const [key] = group;
            if (!key) return;
            const {
              choice,
              page: { after, before, size, backward },
            } = key;
            const rows = await findEvents(
              reader,
              { ...choice, accountIds: group.map(({ accountId }) => accountId), after, before, limit: size + 1 },
              backward,
            );
            for (const [ownerId, own] of Map.groupBy(rows, (row) => row.ownerId))
              found.set(nameOf({ ...key, accountId: ownerId }), own);
          }),
        );
        return keys.map((key) => cutPage(found.get(nameOf(key)) ?? [], key.page));
      },
      { cacheKeyFn: nameOf },
    ),
);
