import { changeAccount } from '../account/change-account.js';
import { type Role, outranks } from '../../rules/role.js';
import type { RuleContext } from '../../rules/context.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { invalidValue, refuse, refuseWithError } from '../../rules/refuse.js';
import { actOnUser, ensureRootRemains, type AdminAction } from './act-on-user.js';
import { cannotBecomeServiceAccount, serviceRoleIsFixed } from './messages.js';

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
  if (role === 'SERVICE') refuseWithError(invalidValue(cannotBecomeServiceAccount, 'role'));
  await actOnUser(context, viewer, action, { allowRootOnRoot: true }, async (actionContext) => {
    const { context, actor, target, record } = actionContext;
    if (target.role === 'SERVICE') refuseWithError(invalidValue(serviceRoleIsFixed, 'userId'));
    if (target.role === role) return;
    if (!outranks(actor.role, role)) refuse('RANK', 'role');
    ensureRootRemains(actionContext);
    await changeAccount(context, target.id, { role, auth_version: target.authVersion + 1 });
    await record('USER_ROLE_SET', role);
  });
}
