import { sql } from 'kysely';
import { AccountEntity } from '../account/account.entity.js';
import { removeApiToken } from '../api-token/remove-api-token.js';
import { passwordBuckets } from '../attempt/buckets.js';
import { clearAttempts } from '../attempt/clear-attempts.js';
import type { EntityManager } from '../../database/connection/database.js';
import type { Tables } from '../../database/read/select.js';
import { passwordFaults } from '../password/password-policy.js';
import type { RuleContext } from '../../rules/context.js';
import { recordEvent } from '../security-event/record-event.js';
import type { SecondFactor } from '../two-factor/second-factor.js';
import { useUpFactor } from '../two-factor/use-up-factor.js';
import { refuse, refuseAll } from '../../rules/refuse.js';
import { bindInvitedAddress } from './bind-invited-address.js';
import { findReset, type Reset } from './find-reset.js';
import { proveResetFactor } from './prove-reset-factor.js';

/** What a person fills in who has the token of a mail or of an administrator. */
export interface PasswordResetWish {
  readonly token: string;
  readonly newPassword: string;
  readonly confirmPassword: string;
  /** Needed where two-factor authentication is on, and nothing where it is off. */
  readonly factor: SecondFactor | null;
}

/**
 * Sets a new password with a reset token. It opens no session, and two-factor authentication stays on and is asked for:
 * without a factor nothing is spent, and the token survives five wrong ones. All sessions, challenges and known
 * devices end, and the API token goes.
 */
export async function resetPassword(context: RuleContext, wish: PasswordResetWish): Promise<void> {
  const reset = (await findReset(context, wish.token)) ?? refuse('INVALID_TOKEN', 'token');
  refuseAll(await faultsOf(context, reset, wish));
  const factor = reset.twoFactorEnabledAt
    ? await proveResetFactor(context, reset, wish.factor ?? refuse('SECOND_FACTOR_REQUIRED', 'factor'))
    : null;
  const passwordHash = await context.passwords.hash(wish.newPassword);
  await context.em.transactional(async (em) => {
    if (factor && !(await useUpFactor(em, context, factor, null))) refuse('INVALID_CODE', 'factor');
    if (!(await useReset(em, reset))) refuse('INVALID_TOKEN', 'token');
    await replacePassword(em, context, reset, passwordHash);
    await bindInvitedAddress(em, context, reset);
    await recordEvent(em, context, { type: 'PASSWORD_RESET', accountId: reset.accountId, actorId: null });
  });
}

async function replacePassword(
  em: EntityManager,
  { now }: RuleContext,
  { accountId: id, authVersion }: Reset,
  passwordHash: string,
): Promise<void> {
  const changed = await em.nativeUpdate(
    AccountEntity,
    { id, authVersion, status: 'ACTIVE' },
    { passwordHash, passwordNoteCiphertext: null, authVersion: authVersion + 1, passwordChangedAt: now },
  );
  if (changed === 0) refuse('INVALID_TOKEN', 'token');
  await removeApiToken(em, id);
  // The lock was for guesses at a password that is no more: it must not keep out who was sent here because of it
  //
  await clearAttempts(em, passwordBuckets.stranger(id));
}

/** Takes the token, which works once: of several at the same time one gets it. */
async function useReset(em: EntityManager, { tokenHash }: Reset): Promise<boolean> {
  const used = await em
    .getKysely<Tables>()
    .deleteFrom('password_resets')
    .where('token_hash', '=', tokenHash)
    .returning(sql`1`.as('used'))
    .executeTakeFirst();
  return used !== undefined;
}

const faultsOf = (
  { config }: RuleContext,
  { username, email: bound, bindsEmail }: Reset,
  { newPassword, confirmPassword }: PasswordResetWish,
) =>
  passwordFaults(
    { password: newPassword, field: 'newPassword', confirmPassword, username, addresses: [bound, bindsEmail] },
    config,
  );
