import { sql } from 'kysely';
import { AccountEntity } from '../account/account.entity.js';
import { localPartOf } from '../account/email-address.js';
import { removeApiToken } from '../api-token/remove-api-token.js';
import { passwordBuckets } from '../attempt/buckets.js';
import { clearAttempts } from '../attempt/clear-attempts.js';
import { hashToken, isToken } from '../crypto/token.js';
import type { EntityManager } from '../database/database.js';
import { select, type Tables } from '../database/select.js';
import { passwordFaults } from '../password/password-policy.js';
import type { RuleContext } from '../rule-context.js';
import { recordEvent } from '../security-event/record-event.js';
import { refuse, refuseAll } from '../user-error.js';

/** What a person fills in who has the token of a mail or of an administrator. */
export interface PasswordResetWish {
  readonly token: string;
  readonly newPassword: string;
  readonly confirmPassword: string;
}

type Reset = NonNullable<Awaited<ReturnType<typeof findReset>>>;

/**
 * Sets a new password with a reset token. It opens no session, and two-factor authentication stays on and is asked for. All
 * sessions, challenges and known devices end, and the API token goes (R-50, decision 6).
 */
export async function resetPassword(context: RuleContext, wish: PasswordResetWish): Promise<void> {
  const reset = await findReset(context, wish.token) ?? refuse('INVALID_TOKEN', 'token');
  refuseAll(await faultsOf(context, reset, wish));
  if (reset.twoFactorEnabledAt) refuse('SECOND_FACTOR_REQUIRED', 'factor');
  const passwordHash = await context.passwords.hash(wish.newPassword);
  await context.em.transactional(async (em) => {
    if (!await useReset(em, reset)) refuse('INVALID_TOKEN', 'token');
    const changed = await em.nativeUpdate(AccountEntity, { id: reset.accountId, authVersion: reset.authVersion, status: 'ACTIVE' }, {
      passwordHash, authVersion: reset.authVersion + 1, passwordChangedAt: context.now,
    });
    if (changed === 0) refuse('INVALID_TOKEN', 'token');
    await removeApiToken(em, reset.accountId);
    // The lock was for guesses at a password that is no more: it must not keep out who was sent here because of it.
    await clearAttempts(em, passwordBuckets.stranger(reset.accountId));
    await recordEvent(em, context, { type: 'PASSWORD_RESET', accountId: reset.accountId, actorId: null });
  });
}

const resetByToken = select('password_reset_by_token', (db, { tokenHash, now }: { tokenHash: string; now: Date }) =>
  db.selectFrom('password_resets')
    .innerJoin('accounts', 'accounts.id', 'password_resets.account_id')
    .leftJoin('two_factors', 'two_factors.account_id', 'accounts.id')
    .where('password_resets.token_hash', '=', tokenHash)
    .where('password_resets.expires_at', '>', now)
    .where('accounts.status', '=', 'ACTIVE')
    .whereRef('password_resets.auth_version', '=', 'accounts.auth_version')
    // A change of the address, and a sign-in, kill what was mailed before.
    .where(({ or, eb, ref }) => or([eb('password_resets.email_key', 'is', null), eb('password_resets.email_key', '=', ref('accounts.email_key'))]))
    .where(({ or, eb, ref }) => or([eb('accounts.last_login_at', 'is', null), eb('accounts.last_login_at', '<=', ref('password_resets.created_at'))]))
    .select([
      'password_resets.token_hash as tokenHash', 'accounts.id as accountId', 'accounts.username', 'accounts.email', 'accounts.auth_version as authVersion',
      'two_factors.enabled_at as twoFactorEnabledAt',
    ]));

/** What a token stands for; null for one that is malformed, unknown, used, expired, or older than what kills it. */
async function findReset({ reader, now }: RuleContext, token: string) {
  if (!isToken('passwordReset', token)) return null;
  const [reset] = await resetByToken(reader, { tokenHash: hashToken(token), now });
  return reset ?? null;
}

/** Takes the token, which works once: of several at the same time one gets it. */
async function useReset(em: EntityManager, { tokenHash }: Reset): Promise<boolean> {
  const used = await em.getKysely<Tables>().deleteFrom('password_resets').where('token_hash', '=', tokenHash).returning(sql`1`.as('used')).executeTakeFirst();
  return used !== undefined;
}

const faultsOf = ({ config }: RuleContext, { username, email }: Reset, { newPassword, confirmPassword }: PasswordResetWish) => passwordFaults({
  password: newPassword, field: 'newPassword', confirmPassword, identities: email ? [username, localPartOf(email)] : [username],
  minimumLength: config.password.minimumLength, hostName: new URL(config.publicUrl).hostname,
});
