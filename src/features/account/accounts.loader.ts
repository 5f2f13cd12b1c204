import DataLoader from 'dataloader';
import type { Context } from '../../graphql-kit/context.js';
import { perRequest } from '../../graphql-kit/per-request.js';
import { findAccounts, type AccountRow } from './find-accounts.js';

/** Loads all accounts of a request in one query. */
export const accountsLoader = perRequest(
  ({ reader }: Context) =>
    new DataLoader<string, AccountRow | null>(async (ids) => {
      const byId = new Map((await findAccounts(reader, { ids })).map((account) => [account.id, account]));
      return ids.map((id) => byId.get(id) ?? null);
    }),
);
