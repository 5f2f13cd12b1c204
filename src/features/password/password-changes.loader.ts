import DataLoader from 'dataloader';
import type { Context } from '../../graphql-kit/context.js';
import { perRequest } from '../../graphql-kit/per-request.js';
import { findPasswordChanges } from './find-password-changes.js';

/** Loads when the password of each account of a request was last set, in one query. */
export const passwordChangesLoader = perRequest(
  ({ reader }: Context) =>
    new DataLoader<string, Date | null>(async (accountIds) => {
      const rows = await findPasswordChanges(reader, { accountIds });
      const byAccount = new Map(rows.map((row) => [row.accountId, row.passwordChangedAt]));
      return accountIds.map((id) => byAccount.get(id) ?? null);
    }),
);
