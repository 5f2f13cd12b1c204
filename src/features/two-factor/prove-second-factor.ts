import { readBackupCode } from '../../crypto/backup-code.js';
import { matchTotp } from '../../crypto/totp.js';
import { select } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { payForTotp } from './pay-for-totp.js';
import { recordFailedFactor } from './record-failed-factor.js';
import type { FactorOwner, SecondFactor } from './second-factor.js';
import { openTotpSecret } from './totp-secret.js';

/** A factor that was looked at and is right; `useUpFactor` uses it up in the transaction of what it earns. */
export type ProvenFactor = {
  readonly accountId: string;
  /** The account's `authVersion` when it was looked at: a factor that was replaced since proves nothing. */
  readonly authVersion: number;
} & ({ readonly kind: 'TOTP'; readonly step: number } | { readonly kind: 'BACKUP_CODE'; readonly codeId: string });

/** What a look at a second factor found; LOCKED where it was not looked at. */
export type SecondFactorOutcome = ProvenFactor | 'WRONG' | 'LOCKED';

/**
 * Looks at a second factor of an account: the one rule for all that asks for one (signing in, step-up, disabling,
 * regenerating, recovery). What is malformed costs as much as what is wrong.
 *
 * An authenticator code is paid for here, in the account's own counter. A backup code is not kept out by that
 * one, so the caller pays for it beforehand where it is tried: at a challenge, a session, a reset token.
 *
 * @throws {HashingOverloaded} for a backup code; the caller gives its attempt back
 */
export async function proveSecondFactor(
  context: RuleContext,
  owner: FactorOwner,
  factor: SecondFactor,
): Promise<SecondFactorOutcome> {
  const outcome =
    factor.kind === 'TOTP'
      ? await proveTotp(context, owner, factor.code)
      : await proveBackupCode(context, owner, factor.code);
  if (outcome === 'WRONG') await recordFailedFactor(context, owner);
  return outcome;
}

const totpOfAccount = select('totp_of_account', (db, { accountId }: { accountId: string }) =>
  db
    .selectFrom('two_factors')
    .innerJoin('accounts', 'accounts.id', 'two_factors.account_id')
    .where('two_factors.account_id', '=', accountId)
    .select([
      'two_factors.secret_ciphertext as sealed',
      'two_factors.last_step as lastStep',
      'accounts.auth_version as authVersion',
    ]),
);

async function proveTotp(context: RuleContext, owner: FactorOwner, code: string): Promise<SecondFactorOutcome> {
  const { id: accountId } = owner;
  if (!(await payForTotp(context, accountId))) return 'LOCKED';
  const [row] = await totpOfAccount(context.reader, { accountId });
  const secret = row ? await openTotpSecret(context, 'two_factors', owner, row.sealed) : null;
  if (!row || !secret) return 'WRONG';
  const step = await matchTotp({ secret, code, now: context.now, lastStep: row.lastStep });
  return step === null ? 'WRONG' : { kind: 'TOTP', accountId, authVersion: row.authVersion, step };
}

const unusedBackupCode = select(
  'unused_backup_code',
  (db, { accountId, selector }: { accountId: string; selector: string }) =>
    db
      .selectFrom('backup_codes')
      .innerJoin('accounts', 'accounts.id', 'backup_codes.account_id')
      .where('backup_codes.account_id', '=', accountId)
      .where('backup_codes.selector', '=', selector)
      .where('backup_codes.used_at', 'is', null)
      .select(['backup_codes.id', 'backup_codes.code_hash as phc', 'accounts.auth_version as authVersion']),
);

/** One hash, whatever was typed: also where there is nothing to compare with. */
async function proveBackupCode(
  context: RuleContext,
  { id: accountId }: FactorOwner,
  typed: string,
): Promise<SecondFactorOutcome> {
  const code = readBackupCode(typed);
  const [row] = code ? await unusedBackupCode(context.reader, { accountId, selector: code.selector }) : [];
  const matches = await context.passwords.verify(row?.phc ?? null, code?.canonical ?? typed);
  return row && matches ? { kind: 'BACKUP_CODE', accountId, authVersion: row.authVersion, codeId: row.id } : 'WRONG';
}
