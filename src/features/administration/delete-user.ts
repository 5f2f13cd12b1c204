import { AccountEntity } from '../account/account.entity.js';
import type { RuleContext } from '../../rules/context.js';
import type { Viewer } from '../../rules/viewer.js';
import { actOnUser, type Act } from './act-on-user.js';

/** Deletes an account: it is refused with every credential at the next call, and for 30 days it can be restored. */
export const deleteUser = (context: RuleContext, viewer: Viewer, act: Act): Promise<void> =>
  actOnUser(context, viewer, act, {}, async ({ em, target: { id, authVersion, status }, record }) => {
    await em.nativeUpdate(
      AccountEntity,
      { id },
      {
        status: 'DELETED',
        statusBeforeDeletion: status === 'DISABLED' ? 'DISABLED' : 'ACTIVE',
        deletedAt: context.now,
        authVersion: authVersion + 1,
      },
    );
    await record('USER_DELETED');
  });
