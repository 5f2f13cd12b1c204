import DataLoader from 'dataloader';
import type { Context } from '../../graphql-kit/context.js';
import { perRequest } from '../../graphql-kit/per-request.js';
import { findTwoFactorOfAccounts, type TwoFactorRow } from './find-two-factor.js';

/** Loads two-factor authentication of all accounts of a request in one query; null if it is off. */
export const twoFactorLoader = perRequest(
  ({ reader }: Context) =>
    new DataLoader<string, TwoFactorRow | null>(async (accountIds) => {
      const rows = await findTwoFactorOfAccounts(reader, { accountIds });
      const byAccount = new Map(rows.map((row) => [row.accountId, row]));
      return accountIds.map((id) => byAccount.get(id) ?? null);
    }),
);
