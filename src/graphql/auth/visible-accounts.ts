import { accountsLoader } from '../../features/account/accounts.loader.js';
import { toUser } from '../../features/account/user.type.js';
import { authDefaults } from '../../graphql-kit/auth-directive.js';
import type { Context } from '../../graphql-kit/context.js';
import { topLevelError } from '../../graphql-kit/errors.js';
import type { TokenScope } from '../../rules/token-scope.js';
import type { Viewer } from '../../rules/viewer.js';
import { findDenial } from './enforce-auth.js';

/** Whether the viewer reads such objects of the own account: in a session, or with a token that has the scope. */
export const readsOwn = (viewer: Viewer, scope: TokenScope): boolean =>
  viewer.credential === 'SESSION' || viewer.scopes.includes(scope);

/**
 * Whether the viewer reads such objects of all accounts, by the rules of their lists. Throws for an
 * administrator without a required second factor.
 *
 * @param adminScope the scope that a token needs; null if no token reaches them
 */
export function readsAll(context: Context, adminScope: TokenScope | null): boolean {
  const accepts = ['SESSION', 'API_TOKEN'] as const;
  const denial = findDenial({ ...authDefaults, requires: 'ADMIN', accepts, adminScope }, context, undefined);
  if (denial === 'TWO_FACTOR_REQUIRED') throw topLevelError(denial);
  return denial === null;
}

/** Whether the viewer is a ROOT in a session. Throws for one without a required second factor. */
export function isRoot(context: Context): boolean {
  const denial = findDenial({ ...authDefaults, requires: 'ROOT' }, context, undefined);
  if (denial === 'TWO_FACTOR_REQUIRED') throw topLevelError(denial);
  return denial === null;
}

/** Finds an account by its row ID: the viewer's own, or any for an administrator; null otherwise. */
export async function findVisibleUser(uuid: string, context: Context, viewer: Viewer) {
  if (uuid === viewer.accountId) return toUser(viewer.accountId, viewer);
  const account = readsAll(context, 'USERS_READ') ? await accountsLoader(context).load(uuid) : null;
  return account && toUser(account.id, account);
}
