import { restoreAccount } from '../account/account-deletion.js';
import type { RuleContext } from '../../rules/context.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { refuse, refuseAll } from '../../rules/refuse.js';
import { validateRestoration } from './account-actions.js';
import { actOnUser, type AdminAction } from './act-on-user.js';

/**
 * Restores a deleted account to its previous status, for 30 days after deletion, whoever deleted it. Sessions and
 * tokens that ended with the deletion stay revoked.
 */
export const restoreUser = (context: RuleContext, viewer: SessionViewer, action: AdminAction): Promise<void> =>
  actOnUser(context, viewer, action, 'RESTORE', async ({ context, target, record }) => {
    refuseAll(validateRestoration({ target }, context.now));
    if (!(await restoreAccount(context, target.id))) refuse('NOT_FOUND', 'userId');
    await record('USER_RESTORED');
  });
