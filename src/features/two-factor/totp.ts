import { matchTotp } from '../../crypto/totp.js';
import { select, type Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { secondFactorPolicy, type Bucket } from '../attempt/attempt-policy.js';
import { bucketLimit, clearAttempts } from '../attempt/bucket-limit.js';
import { recoveryFactorBucket, secondFactorBucket } from '../attempt/buckets.js';
import { withAttempt } from '../attempt/with-attempt.js';
import type { FactorOwner } from './second-factor.js';
import type { SecondFactorMethod } from './verify-factor.js';
import { decryptTotpSecret } from './totp-secret.js';

/**
 * The bucket of wrong authenticator codes: one per account, wherever the code is entered, and another one for
 * password recovery.
 */
export const totpBucket = (accountId: string, isRecovery = false): Bucket => ({
  bucket: isRecovery ? recoveryFactorBucket(accountId) : secondFactorBucket(accountId),
  policy: secondFactorPolicy,
  accountId,
});

/** Codes of an authenticator app (RFC 6238). */
export const totp: SecondFactorMethod = {
  kind: 'TOTP',
  verify: (context, owner, { code }) =>
    withAttempt(context, bucketLimit(totpBucket(owner.id, owner.isRecovery)), async () => {
      const step = await findStep(context, owner, code);
      if (step === null) return 'WRONG';
      return { kind: 'TOTP', methods: ['otp'], consume: (context) => consumeStep(context, owner.id, step) };
    }),
};

const totpByAccount = select('totp_of_account', (db, { accountId }: { accountId: string }) =>
  db
    .selectFrom('two_factors')
    .where('account_id', '=', accountId)
    .where('secret_ciphertext', 'is not', null)
    .select(['secret_ciphertext as ciphertext', 'last_step as lastStep']),
);

/** The time step of a correct code; null if it is wrong or there is no app. */
async function findStep(context: RuleContext, owner: FactorOwner, code: string): Promise<number | null> {
  const [row] = await totpByAccount(context.reader, { accountId: owner.id });
  const ciphertext = row?.ciphertext ?? null;
  const secret = ciphertext === null ? null : await decryptTotpSecret(context, 'two_factors', owner, ciphertext);
  return row && secret ? matchTotp({ secret, code, now: context.now, lastStep: row.lastStep }) : null;
}

/**
 * Consumes a time step and all earlier ones, so that no code can be replayed.
 *
 * @returns false if it was already consumed
 */
async function consumeStep(context: RuleContext, accountId: string, step: number): Promise<boolean> {
  const { numUpdatedRows } = await context.em
    .getKysely<Tables>()
    .updateTable('two_factors')
    .set({ last_step: step, last_kind: 'TOTP' })
    .where('account_id', '=', accountId)
    .where('last_step', '<', step)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  // A right code clears the failures at sign-in and in recovery, wherever it was entered.
  await clearAttempts(context, secondFactorBucket(accountId), recoveryFactorBucket(accountId));
  return true;
}
