import type { RuleContext } from '../../rules/context.js';
import { refuse } from '../../rules/refuse.js';
import { transaction } from '../../rules/transaction.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { changeAccount } from '../account/change-account.js';
import { recordEvent } from '../security-event/record-event.js';
import type { IssuedSession } from '../session/issue-session.js';
import { rotateSession } from '../session/rotate-session.js';
import { findTwoFactorOfAccounts } from '../two-factor/find-two-factor.js';
import { removeIfLast } from '../two-factor/remove-two-factor.js';
import { changeWithReplacementProof, type ReplacementProof } from '../two-factor/replacement-proof.js';
import { findOwnPasskey } from './find-passkeys.js';
import { removePasskeys } from './remove-passkeys.js';

/**
 * Deletes a passkey of the viewer. All other sessions are revoked. The last second factor needs what replacing
 * an app needs (D-2), and its removal turns off two-factor authentication, with its backup codes.
 */
export async function deletePasskey(
  context: RuleContext,
  viewer: SessionViewer,
  { id, ...proof }: ReplacementProof & { readonly id: string | null },
): Promise<IssuedSession> {
  const { accountId } = viewer;
  const passkey = id === null ? null : await findOwnPasskey(context.reader, id, accountId);
  if (!passkey) return refuse('NOT_FOUND', 'id');
  const [twoFactor] = await findTwoFactorOfAccounts(context.reader, { accountIds: [accountId] });
  const isLast = !twoFactor?.hasApp && Number(twoFactor?.passkeys ?? 0) === 1;
  const remove = (context: RuleContext) => removePasskey(context, viewer, { id: passkey.id, isLast });
  return isLast
    ? changeWithReplacementProof(context, viewer, proof, { needsPassword: true }, remove)
    : transaction(context, viewer, remove);
}

async function removePasskey(
  context: RuleContext,
  viewer: SessionViewer,
  { id, isLast }: { readonly id: string; readonly isLast: boolean },
): Promise<IssuedSession> {
  const { accountId, sessionId } = viewer;
  const authVersion = viewer.authVersion + 1;
  await changeAccount(context, accountId, { auth_version: authVersion });
  const removed = await removePasskeys(context, accountId, (passkey) => passkey('id', '=', id), { sessionId });
  if (removed === 0) refuse('NOT_FOUND', 'id');
  const wasLast = await removeIfLast(context, accountId);
  // Another change may have made it the last one; then the proof was not enough.
  if (wasLast && !isLast) refuse('PASSWORD_REQUIRED', 'password');
  if (wasLast) await recordEvent(context, { type: 'TWO_FACTOR_DISABLED', accountId, sessionId });
  return rotateSession(context, viewer, { authVersion, steppedUp: false, closesStepUp: wasLast });
}
