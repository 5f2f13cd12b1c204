import { backupCodeBucket, secondFactorBucket } from '../attempt/buckets.js';
import { clearAttempts } from '../attempt/clear-attempts.js';
import type { EntityManager } from '../../database/connection/database.js';
import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { recordEvent } from '../security-event/record-event.js';
import { BackupCodeEntity } from './backup-code.entity.js';
import type { ProvenFactor } from './prove-second-factor.js';
import type { FactorOwner } from './second-factor.js';
import { TwoFactorEntity } from './two-factor.entity.js';

/**
 * Uses a proven factor up, first thing in the transaction of what it earns: a time step and all before it, or a backup
 * code, once for all purposes. It holds the account's row, so that what is earned with the factors of one
 * person comes one after the other. A right factor clears the counter of the wrong ones.
 *
 * @returns false where the factor was used or replaced since it was looked at; nothing has changed then
 */
export async function useUpFactor(
  em: EntityManager,
  context: RuleContext,
  factor: ProvenFactor,
  sessionId: FactorOwner['sessionId'],
): Promise<boolean> {
  const { accountId } = factor;
  if (!(await holdAccount(em, factor)) || (await consume(em, context, factor)) === 0) return false;
  await clearAttempts(em, secondFactorBucket(accountId));
  if (factor.kind === 'TOTP') return true;
  await clearAttempts(em, backupCodeBucket(accountId));
  await recordEvent(em, context, { type: 'BACKUP_CODE_USED', accountId, sessionId: sessionId ?? null });
  return true;
}

/** Holds the row of the account, and tells whether nothing has ended what was proven. */
async function holdAccount(em: EntityManager, { accountId, authVersion }: ProvenFactor): Promise<boolean> {
  const held = await em
    .getKysely<Tables>()
    .selectFrom('accounts')
    .select('id')
    .where('id', '=', accountId)
    .where('auth_version', '=', authVersion)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return held !== undefined;
}

function consume(em: EntityManager, { now }: RuleContext, factor: ProvenFactor): Promise<number> {
  const { accountId: account } = factor;
  return factor.kind === 'TOTP'
    ? em.nativeUpdate(TwoFactorEntity, { account, lastStep: { $lt: factor.step } }, { lastStep: factor.step })
    : em.nativeUpdate(BackupCodeEntity, { id: factor.codeId, account, usedAt: null }, { usedAt: now });
}
