import { changeAccount } from '../account/change-account.js';
import type { RuleContext } from '../../rules/context.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { actOnUser, type AdminAction } from './act-on-user.js';

/** Deletes an account. All its credentials stop working immediately; it can be restored for 30 days. */
export const deleteUser = (context: RuleContext, viewer: SessionViewer, action: AdminAction): Promise<void> =>
  actOnUser(context, viewer, action, 'DELETE', async ({ context, target: { id, authVersion, status }, record }) => {
    await changeAccount(context, id, {
      status: 'DELETED',
      status_before_deletion: status === 'DISABLED' ? 'DISABLED' : 'ACTIVE',
      deleted_at: context.now,
      auth_version: authVersion + 1,
    });
    await record('USER_DELETED');
  });
