import type { AccountStatus } from '../account/account.entity.js';
import type { RuleContext } from '../../rules/context.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { invalidValue, refuseAll, refuseWithError } from '../../rules/refuse.js';
import { changeAccount } from '../account/change-account.js';
import { validateStatusChange } from './account-actions.js';
import { actOnUser, type AdminAction, type ActionContext } from './act-on-user.js';
import { cannotSetDeleted } from './messages.js';

/** The new status of an account. */
export interface StatusChange extends AdminAction {
  readonly status: AccountStatus;
}

/**
 * Disables or enables an account. All credentials of a disabled account stop working immediately. Sessions, challenges
 * and emailed tokens stay invalid when it is enabled again.
 */
export async function setUserStatus(
  context: RuleContext,
  viewer: SessionViewer,
  { status, ...action }: StatusChange,
): Promise<void> {
  if (status === 'DELETED') refuseWithError(invalidValue(cannotSetDeleted, 'status'));
  await actOnUser(context, viewer, action, 'SET_STATUS', (actionContext) => changeStatus(actionContext, status));
}

/** The change that administrators and operators share. */
export async function changeStatus(
  {
    context,
    target,
    roots,
    record,
  }: Pick<ActionContext, 'target' | 'roots' | 'record'> & { readonly context: Pick<RuleContext, 'em'> },
  status: 'ACTIVE' | 'DISABLED',
): Promise<void> {
  if (target.status === status) return;
  refuseAll(validateStatusChange({ target, roots }, status));
  await changeAccount(context, target.id, { status, auth_version: target.authVersion + 1 });
  await record('USER_STATUS_SET', status);
}
