import DataLoader from 'dataloader';
import type { Context } from '../../graphql-kit/context.js';
import { perRequest } from '../../graphql-kit/per-request.js';
import { findApiTokensOfAccounts, type ApiTokenRow } from './find-api-tokens.js';

/** Loads the API tokens of all accounts of a request in one query. */
export const apiTokensLoader = perRequest(
  ({ reader }: Context) =>
    new DataLoader<string, ApiTokenRow | null>(async (accountIds) => {
      const rows = await findApiTokensOfAccounts(reader, { accountIds });
      const byAccount = new Map(rows.map((row) => [row.accountId, row]));
      return accountIds.map((id) => byAccount.get(id) ?? null);
    }),
);
