import type { RuleContext } from '../../rules/context.js';
import { refuse, refuseWithError, invalidValue } from '../../rules/refuse.js';
import { eitherCodeOrFactor } from '../../rules/user-error-messages.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { recordEvent } from '../security-event/record-event.js';
import { generateBackupCodes, replaceBackupCodes } from './backup-codes.js';
import { changeWithOwnFactor, verifyFactorAndPassword } from './own-factor.js';
import type { SecondFactor } from './second-factor.js';

/** What a user provides to get new backup codes: exactly one of `code` and `factor`. */
export interface RegenerateProof {
  /** An authenticator code. */
  readonly code: string | null;
  readonly factor: SecondFactor | null;
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
  const submitted = selectFactor(proof);
  const { field } = submitted;
  const factor = await verifyFactorAndPassword(context, viewer, { ...submitted, password: proof.password });
  const generated = generateBackupCodes(context, accountId);
  await changeWithOwnFactor(context, viewer, { factor, field }, async (context) => {
    await replaceBackupCodes(context, accountId, generated);
    await recordEvent(context, { type: 'BACKUP_CODES_REGENERATED', accountId, sessionId });
  });
  return generated.codes;
}

/** The submitted factor and its field. Refuses with INVALID_VALUE unless there is exactly one. */
function selectFactor({ code, factor }: RegenerateProof): { readonly factor: SecondFactor; readonly field: string } {
  if (code !== null && factor === null) return { factor: { kind: 'TOTP', code }, field: 'code' };
  if (code === null && factor !== null) return { factor, field: 'factor' };
  return refuseWithError(invalidValue(eitherCodeOrFactor, 'factor'));
}
