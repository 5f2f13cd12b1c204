import { changeAccount } from '../account/change-account.js';
import type { RuleContext } from '../../rules/context.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { refuse } from '../../rules/refuse.js';
import { actOnUser, type AdminAction } from './act-on-user.js';
import { RESTORE_PERIOD_MS } from './erase-deleted-users.js';

/**
 * Restores a deleted account to its previous status, for 30 days after deletion. Sessions and tokens that ended with
 * the deletion stay revoked.
 */
export const restoreUser = (context: RuleContext, viewer: SessionViewer, action: AdminAction): Promise<void> =>
  actOnUser(
    context,
    viewer,
    action,
    { targetsDeleted: true },
    async ({ context, target: { id, authVersion, statusBeforeDeletion, deletedAt }, record }) => {
      if (!deletedAt || deletedAt.getTime() <= context.now.getTime() - RESTORE_PERIOD_MS) refuse('NOT_FOUND', 'userId');
      await changeAccount(context, id, {
        status: statusBeforeDeletion ?? 'DISABLED',
        status_before_deletion: null,
        deleted_at: null,
        auth_version: authVersion + 1,
      });
      await record('USER_RESTORED');
    },
  );
