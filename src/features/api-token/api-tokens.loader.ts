import DataLoader from 'dataloader';
import type { Context } from '../../graphql-kit/context.js';
import { perRequest } from '../../graphql-kit/per-request.js';
import { findApiTokensOfAccounts, type ApiTokenRow } from './find-api-tokens.js';

/** The API token of each account that is asked for in a request: one statement for all of them. */
export const apiTokensLoader = perRequest(
  ({ reader }: Context) =>
    new DataLoader<string, ApiTokenRow | null>(async (accountIds) => {
      const rows = await findApiTokensOfAccounts(reader, { accountIds });
      const byAccount = new Map(rows.map((row) => [row.accountId, row]));
      return accountIds.map((id) => byAccount.get(id) ?? null);
    }),
);
