import type { AccountStatus } from '../account/account.entity.js';
import type { RuleContext } from '../../rules/context.js';
import type { Viewer } from '../../rules/viewer.js';
import { refuseWith, invalidValue } from '../../rules/refuse.js';
import { changeAccount } from '../account/change-account.js';
import { actOnUser, ensureRootRemains, type AdminAction, type ActionContext } from './act-on-user.js';
import { deletedIsNotAStatus } from './messages.js';

/** Whether somebody's account is to be used or not. */
export interface StatusChange extends AdminAction {
  readonly status: AccountStatus;
}

/**
 * Disables an account or enables it. A disabled one is refused with every credential at the next call, and enabling it
 * revives none of its sessions, challenges and tokens of mails.
 */
export async function setUserStatus(
  context: RuleContext,
  viewer: Viewer,
  { status, ...act }: StatusChange,
): Promise<void> {
  if (status === 'DELETED') refuseWith(invalidValue(deletedIsNotAStatus, 'status'));
  await actOnUser(context, viewer, act, { rootOnRoot: true }, (underWay) => changeStatus(underWay, status));
}

/** The change itself, whoever makes it: an administrator, or who has the machine. */
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
  if (status === 'DISABLED') ensureRootRemains({ target, roots });
  await changeAccount(context, target.id, { status, auth_version: target.authVersion + 1 });
  await record('USER_STATUS_SET', status);
}
