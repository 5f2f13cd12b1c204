import { changeAccount } from '../account/change-account.js';
import type { RuleContext } from '../../rules/context.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { refuseAll } from '../../rules/refuse.js';
import { validateRestoration } from './account-actions.js';
import { actOnUser, type AdminAction } from './act-on-user.js';

/**
 * Restores a deleted account to its previous status, for 30 days after deletion. Sessions and tokens that ended with
 * the deletion stay revoked.
 */
export const restoreUser = (context: RuleContext, viewer: SessionViewer, action: AdminAction): Promise<void> =>
  actOnUser(context, viewer, action, 'RESTORE', async ({ context, target, record }) => {
    refuseAll(validateRestoration({ target }, context.now));
    const { id, authVersion, statusBeforeDeletion } = target;
    await changeAccount(context, id, {
      status: statusBeforeDeletion ?? 'DISABLED',
      status_before_deletion: null,
      deleted_at: null,
      auth_version: authVersion + 1,
    });
    await record('USER_RESTORED');
  });
