import DataLoader from 'dataloader';
import type { Context } from '../../graphql-kit/context.js';
import { perRequest } from '../../graphql-kit/per-request.js';
import { findSessionsOfAccounts, type SessionRow } from './find-sessions.js';

/** The live sessions of each account that is asked for in a request: one statement for all of them. */
export const sessionsLoader = perRequest(
  ({ reader, now }: Context) =>
    new DataLoader<string, SessionRow[]>(async (accountIds) => {
      const rows = await findSessionsOfAccounts(reader, { accountIds, now });
      const byAccount = Map.groupBy(rows, (row) => row.accountId);
      return accountIds.map((id) => byAccount.get(id) ?? []);
    }),
);
