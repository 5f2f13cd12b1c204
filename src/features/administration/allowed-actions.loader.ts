import DataLoader from 'dataloader';
import { requireViewer, type Context } from '../../graphql-kit/context.js';
import { perRequest } from '../../graphql-kit/per-request.js';
import { isActiveRoot } from '../account/active-roots.js';
import { twoFactorLoader } from '../two-factor/two-factor.loader.js';
import { readAccountsAndRoots } from './act-on-user.js';
import { findAllowedActions, type AccountAction } from './account-actions.js';

/** Loads what the viewer may do to all accounts of a request, in two queries. */
export const allowedActionsLoader = perRequest(
  (context: Context) =>
    new DataLoader<string, AccountAction[]>(async (accountIds) => {
      const { accountId: id, role } = requireViewer(context);
      const [accounts, twoFactors] = await Promise.all([
        readAccountsAndRoots(context, accountIds),
        Promise.all(accountIds.map((accountId) => twoFactorLoader(context).load(accountId))),
      ]);
      const byId = new Map(accounts.map((account) => [account.id, account]));
      const roots = accounts.filter(isActiveRoot);
      return accountIds.map((accountId, index) => {
        const [target, hasTwoFactor] = [byId.get(accountId), twoFactors[index] != null];
        return target ? findAllowedActions({ actor: { id, role }, target, roots, hasTwoFactor, now: context.now }) : [];
      });
    }),
);
