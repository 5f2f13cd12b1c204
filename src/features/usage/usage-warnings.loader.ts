import DataLoader from 'dataloader';
import type { Context } from '../../graphql-kit/context.js';
import { perRequest } from '../../graphql-kit/per-request.js';
import { findWarningPercentages } from './find-warning-percentages.js';

/** Loads the percentages at which each account of a request is warned, in one query. */
export const usageWarningsLoader = perRequest(
  ({ reader }: Context) =>
    new DataLoader<string, readonly number[] | null>(async (accountIds) => {
      const rows = await findWarningPercentages(reader, { accountIds });
      const byAccount = new Map(rows.map(({ accountId, percentages }) => [accountId, percentages]));
      return accountIds.map((id) => byAccount.get(id) ?? null);
    }),
);
