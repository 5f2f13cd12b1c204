import type { Tables } from '../../database/read/select.js';
import { verifiedAccount } from '../../rules/authority.js';
import type { RuleContext } from '../../rules/context.js';
import { refuse, refuseAll } from '../../rules/refuse.js';
import { transaction } from '../../rules/transaction.js';
import { changeAccount } from '../account/change-account.js';
import { firstLocale } from '../account/first-locale.js';
import { revokeAllAccessTokens } from '../access-token/revoke-access-tokens.js';
import { removeApiToken } from '../api-token/remove-api-token.js';
import { clearPasswordAttempts } from '../password/clear-password-attempts.js';
import { validatePassword } from '../password/password-policy.js';
import { recordEvent } from '../security-event/record-event.js';
import type { SecondFactor } from '../two-factor/second-factor.js';
import { bindInvitedAddress } from './bind-invited-address.js';
import { findReset, type Reset } from './find-reset.js';
import { verifyResetFactor } from './verify-reset-factor.js';

/** The input of a user with an emailed or shared token. */
export interface PasswordReset {
  readonly token: string;
  readonly newPassword: string;
  readonly confirmPassword: string;
  /** Required if two-factor authentication is on, otherwise ignored. */
  readonly factor: SecondFactor | null;
}

const refuseToken = (): never => refuse('INVALID_TOKEN', 'token');

/**
 * Sets a new password with a reset token, without creating a session. Two-factor authentication stays on: a missing
 * factor doesn't count as an attempt, and the token is valid for five wrong ones. Sessions, challenges, known
 * devices and the API token are revoked.
 */
export async function resetPassword(context: RuleContext, input: PasswordReset): Promise<void> {
  const reset = (await findReset(context, input.token)) ?? refuseToken();
  const { accountId, authVersion } = reset;
  refuseAll(await validateNewPassword(context, reset, input));
  const factor = reset.twoFactorEnabledAt
    ? await verifyResetFactor(context, reset, input.factor ?? refuse('SECOND_FACTOR_REQUIRED', 'factor'))
    : null;
  const passwordHash = await context.passwords.hash(input.newPassword);
  await transaction(context, verifiedAccount({ id: accountId, authVersion }, refuseToken), async (context) => {
    if (factor && !(await factor.consume(context, null))) refuse('INVALID_CODE', 'factor');
    if (!(await consumeReset(context, reset))) refuseToken();
    await changeAccount(context, accountId, {
      password_hash: passwordHash,
      password_note_ciphertext: null,
      password_changed_at: context.now,
      auth_version: authVersion + 1,
      locale: firstLocale(context),
    });
    await removeApiToken(context, accountId);
    await revokeAllAccessTokens(context, accountId);
    await clearPasswordAttempts(context, accountId);
    await bindInvitedAddress(context, reset);
    await recordEvent(context, { type: 'PASSWORD_RESET', accountId, actorId: null });
  });
}

/** Consumes the token; of concurrent requests one succeeds. */
async function consumeReset({ em }: RuleContext, { tokenHash }: Reset): Promise<boolean> {
  const { numDeletedRows } = await em
    .getKysely<Tables>()
    .deleteFrom('password_resets')
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

const validateNewPassword = (
  { config }: RuleContext,
  { username, email, bindsEmail }: Reset,
  { newPassword, confirmPassword }: PasswordReset,
) =>
  validatePassword(
    { password: newPassword, field: 'newPassword', confirmPassword, username, addresses: [email, bindsEmail] },
    config,
  );
