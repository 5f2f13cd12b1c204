import { changeAccount } from '../account/change-account.js';
import { type Role, outranks } from '../../rules/role.js';
import type { RuleContext } from '../../rules/context.js';
import type { Viewer } from '../../rules/viewer.js';
import { invalidValue, refuse, refuseWith } from '../../rules/refuse.js';
import { actOnUser, ensureRootRemains, type AdminAction } from './act-on-user.js';
import { becomesNoServiceAccount, remainsServiceAccount } from './messages.js';

/** The new role of a user. */
export interface RoleChange extends AdminAction {
  readonly role: Role;
}

/**
 * Sets a user's role, below the administrator's own. SERVICE can be neither given nor taken. The user's sessions
 * are revoked, because sessions of administrators are shorter.
 */
export async function setUserRole(context: RuleContext, viewer: Viewer, { role, ...act }: RoleChange): Promise<void> {
  if (role === 'SERVICE') refuseWith(invalidValue(becomesNoServiceAccount, 'role'));
  await actOnUser(context, viewer, act, { rootOnRoot: true }, async (actionContext) => {
    const { context, actor, target, record } = actionContext;
    if (target.role === 'SERVICE') refuseWith(invalidValue(remainsServiceAccount, 'userId'));
    if (target.role === role) return;
    if (!outranks(actor.role, role)) refuse('RANK', 'role');
    ensureRootRemains(actionContext);
    await changeAccount(context, target.id, { role, auth_version: target.authVersion + 1 });
    await record('USER_ROLE_SET', role);
  });
}
