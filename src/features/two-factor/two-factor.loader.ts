import DataLoader from 'dataloader';
import type { Context } from '../../graphql-kit/context.js';
import { perRequest } from '../../graphql-kit/per-request.js';
import { findTwoFactorOfAccounts, type TwoFactorRow } from './find-two-factor.js';

/**
 * Two-factor authentication of each account that is asked for in a request, null where it is off: one statement for all
 * of them.
 */
export const twoFactorLoader = perRequest(
  ({ reader }: Context) =>
    new DataLoader<string, TwoFactorRow | null>(async (accountIds) => {
      const rows = await findTwoFactorOfAccounts(reader, { accountIds });
      const byAccount = new Map(rows.map((row) => [row.accountId, row]));
      return accountIds.map((id) => byAccount.get(id) ?? null);
    }),
);
