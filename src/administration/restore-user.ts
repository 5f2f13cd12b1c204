import { AccountEntity } from '../account/account.entity.js';
import type { RuleContext } from '../rule-context.js';
import type { Viewer } from '../session/viewer.js';
import { actOnUser, type Act } from './act-on-user.js';

/** Restores a deleted account to what it was: one that was disabled is disabled again. What deleting ended stays over. */
export const restoreUser = (context: RuleContext, viewer: Viewer, act: Act): Promise<void> =>
  actOnUser(context, viewer, act, { onDeleted: true }, async ({ em, target: { id, authVersion, statusBeforeDeletion }, record }) => {
    await em.nativeUpdate(AccountEntity, { id }, {
      status: statusBeforeDeletion ?? 'DISABLED', statusBeforeDeletion: null, deletedAt: null, authVersion: authVersion + 1,
    });
    await record('USER_RESTORED');
  });
