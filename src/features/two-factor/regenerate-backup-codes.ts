import type { RuleContext } from '../../rules/context.js';
import { recordEvent } from '../security-event/record-event.js';
import type { Viewer } from '../../rules/viewer.js';
import { refuse } from '../../rules/refuse.js';
import { makeBackupCodes, replaceBackupCodes } from './issue-backup-codes.js';
import { changeWithOwnFactor, proveOwnFactor } from './own-factor.js';
import { provePresence } from './prove-presence.js';

/** What a person offers for new backup codes. */
export interface RegenerationProof {
  /** A code of the authenticator app; a backup code makes no others. */
  readonly code: string;
  readonly password: string | null;
}

/** Makes new backup codes; all older ones end in the same instant. @returns the codes, for this once */
export async function regenerateBackupCodes(
  context: RuleContext,
  viewer: Viewer,
  proof: RegenerationProof,
): Promise<readonly string[]> {
  const { accountId, sessionId } = viewer;
  if (viewer.twoFactorEnabledAt === null) refuse('TWO_FACTOR_NOT_ENABLED');
  await provePresence(context, viewer, proof.password);
  const factor = await proveOwnFactor(context, viewer, { kind: 'TOTP', code: proof.code }, 'code');
  const made = await makeBackupCodes(context.passwords);
  await changeWithOwnFactor(context, viewer, { factor, field: 'code' }, async (em) => {
    await replaceBackupCodes(em, context.now, accountId, made);
    await recordEvent(em, context, { type: 'BACKUP_CODES_REGENERATED', accountId, sessionId });
  });
  return made.codes;
}
