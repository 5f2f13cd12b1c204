import { changeAccount } from '../account/change-account.js';
import { revokeAdminTokens } from '../access-token/revoke-access-tokens.js';
import { isAdministrator, type Role } from '../../rules/role.js';
import type { RuleContext } from '../../rules/context.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { refuseAll } from '../../rules/refuse.js';
import { validateNewRole, validateRoleChange } from './account-actions.js';
import { actOnUser, type AdminAction } from './act-on-user.js';

/** The new role of a user. */
export interface RoleChange extends AdminAction {
  readonly role: Role;
}

/**
 * Sets a user's role, below the administrator's own. The role SERVICE can't be assigned or removed. The user's
 * sessions are revoked, because sessions of administrators have shorter lifetimes.
 */
export async function setUserRole(
  context: RuleContext,
  viewer: SessionViewer,
  { role, ...action }: RoleChange,
): Promise<void> {
  refuseAll(validateNewRole(role));
  await actOnUser(context, viewer, action, 'SET_ROLE', async (actionContext) => {
    const { context, target, record } = actionContext;
    if (target.role === role) return;
    refuseAll(validateRoleChange(actionContext, role));
    await changeAccount(context, target.id, { role, auth_version: target.authVersion + 1 });
    if (!isAdministrator(role)) await revokeAdminTokens(context, target.id);
    await record('USER_ROLE_SET', role);
  });
}
