import { endDeletionLinks } from '../account/account-deletion.js';
import { changeAccount } from '../account/change-account.js';
import type { RuleContext } from '../../rules/context.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { actOnUser, type AdminAction } from './act-on-user.js';

/**
 * Deletes an account. All its credentials stop working immediately; it can be restored for 30 days. If the owner has
 * deleted it before, the link to cancel that ends, and the account is erased at the promised time.
 */
export const deleteUser = (context: RuleContext, viewer: SessionViewer, action: AdminAction): Promise<void> =>
  actOnUser(context, viewer, action, 'DELETE', async ({ context, target, record }) => {
    const { id, authVersion, status, deletedAt, statusBeforeDeletion } = target;
    await changeAccount(context, id, {
      status: 'DELETED',
      status_before_deletion: statusBeforeDeletion ?? (status === 'DISABLED' ? 'DISABLED' : 'ACTIVE'),
      deleted_at: deletedAt ?? context.now,
      deletion_requested_at: null,
      auth_version: authVersion + 1,
    });
    await endDeletionLinks(context, id);
    await record('USER_DELETED');
  });
