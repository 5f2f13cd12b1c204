import type { RuleContext } from '../../rules/context.js';
import { refuse } from '../../rules/refuse.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { RESTORE_PERIOD_MS } from '../account/account-deletion.js';
import { hasOtherActiveRoot } from '../account/active-roots.js';
import { changeAccount } from '../account/change-account.js';
import { revokeAccess } from '../revoke-everything/revoke-access.js';
import { recordEvent } from '../security-event/record-event.js';
import { changeWithReplacementProof, type ReplacementProof } from '../two-factor/replacement-proof.js';
import { issueDeletionLinks } from './deletion-links.js';

/**
 * Deletes the viewer's account. Needs the password and, while two-factor authentication is on, a factor; a
 * passkey with user verification stands for both (D-2). Every session and token ends for good; passkeys and call keys
 * return with the account. The mailed link or an administrator restores it until it is erased.
 *
 * @returns when it is erased
 */
export async function deleteMyAccount(
  context: RuleContext,
  viewer: SessionViewer,
  proof: ReplacementProof,
): Promise<Date> {
  const { accountId, sessionId } = viewer;
  const isRoot = viewer.role === 'ROOT';
  const policy = { needsPassword: true, needsFactor: true, locked: { ids: [], roots: isRoot } };
  return changeWithReplacementProof(context, viewer, proof, policy, async (context) => {
    const { now } = context;
    if (isRoot && !(await hasOtherActiveRoot(context, accountId))) refuse('LAST_ROOT');
    await revokeAccess(context, { id: accountId, authVersion: viewer.authVersion + 1 }, (sessions) =>
      sessions.lit(true),
    );
    await changeAccount(context, accountId, {
      status: 'DELETED',
      status_before_deletion: 'ACTIVE',
      deleted_at: now,
      deletion_requested_at: now,
    });
    const erasedAt = new Date(now.getTime() + RESTORE_PERIOD_MS);
    await recordEvent(context, { type: 'DELETION_REQUESTED', accountId, sessionId });
    await issueDeletionLinks(context, accountId, erasedAt);
    return erasedAt;
  });
}
