import type { RuleContext } from '../../rules/context.js';
import { refuse } from '../../rules/refuse.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { recordEvent } from '../security-event/record-event.js';
import { generateBackupCodes, replaceBackupCodes } from './backup-codes.js';
import { changeWithOwnFactor, verifyOwnFactor, requirePasswordOrStepUp } from './own-factor.js';

/** What a user provides to get new backup codes. */
export interface RegenerateProof {
  /** An authenticator code; backup codes are not accepted. */
  readonly code: string;
  readonly password: string | null;
}

/**
 * Generates new backup codes; all older ones stop working in the same transaction.
 *
 * @returns the codes, which can't be read again later
 */
export async function regenerateBackupCodes(
  context: RuleContext,
  viewer: SessionViewer,
  proof: RegenerateProof,
): Promise<readonly string[]> {
  const { accountId, sessionId } = viewer;
  if (viewer.twoFactorEnabledAt === null) refuse('TWO_FACTOR_NOT_ENABLED');
  await requirePasswordOrStepUp(context, viewer, proof.password);
  const factor = await verifyOwnFactor(context, viewer, { kind: 'TOTP', code: proof.code }, 'code');
  const generated = await generateBackupCodes(context.passwords);
  await changeWithOwnFactor(context, viewer, { factor, field: 'code' }, async (context) => {
    await replaceBackupCodes(context, accountId, generated);
    await recordEvent(context, { type: 'BACKUP_CODES_REGENERATED', accountId, sessionId });
  });
  return generated.codes;
}
