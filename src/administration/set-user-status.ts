import { AccountEntity, type AccountStatus } from '../account/account.entity.js';
import type { RuleContext } from '../rule-context.js';
import type { Viewer } from '../session/viewer.js';
import { Refused, invalidValue } from '../user-error.js';
import { actOnUser, keepARoot, type Act } from './act-on-user.js';

/** Whether somebody's account is to be used or not. */
export interface StatusWish extends Act {
  readonly status: AccountStatus;
}

/**
 * Disables an account or enables it. A disabled one is refused with every credential at the next call, and enabling it revives
 * none of its sessions, challenges and tokens of mails.
 */
export async function setUserStatus(context: RuleContext, viewer: Viewer, { status, ...act }: StatusWish): Promise<void> {
  if (status === 'DELETED') throw new Refused([invalidValue('An account is made ACTIVE or DISABLED; deleteUser deletes it.', 'status')]);
  await actOnUser(context, viewer, act, { rootOnRoot: true }, async (underWay) => {
    const { em, target, record } = underWay;
    if (target.status === status) return;
    if (status === 'DISABLED') keepARoot(underWay);
    await em.nativeUpdate(AccountEntity, { id: target.id }, { status, authVersion: target.authVersion + 1 });
    await record('USER_STATUS_SET', status);
  });
}
