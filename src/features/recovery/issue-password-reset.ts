import { minutes } from '../../duration.js';
import type { Tables } from '../../database/read/select.js';
import { hashToken, newToken } from '../../crypto/token.js';
import type { RuleContext } from '../../rules/context.js';
import type { Sweep } from '../../database/sweep/sweep.js';

/** How long a reset token is valid, emailed or shared. */
export const RESET_LIFETIME_MS = minutes(30);

/** The account that may set a new password, and how the token is delivered. */
export interface NewPasswordReset {
  readonly accountId: string;
  /** The address it is emailed to; null if it is shared by an administrator. */
  readonly emailKey: string | null;
  readonly lifetimeMs: number;
  /** An address that is not bound yet, which using the token binds. */
  readonly bindsEmail?: string | null;
}

/**
 * Issues the only valid reset token of an account, replacing an older one. It is bound to the current password (D-3).
 *
 * @returns the token, which can't be read again later
 */
export async function issuePasswordReset(
  { em, now }: Pick<RuleContext, 'em' | 'now'>,
  { accountId, emailKey, lifetimeMs, bindsEmail = null }: NewPasswordReset,
): Promise<string> {
  const token = newToken('passwordReset');
  const reset = {
    token_hash: hashToken(token),
    email_key: emailKey,
    binds_email: bindsEmail,
    attempts: 0,
    created_at: now,
    expires_at: new Date(now.getTime() + lifetimeMs),
  };
  await em
    .getKysely<Tables>()
    .insertInto('password_resets')
    .values(({ selectFrom }) => ({
      account_id: accountId,
      password_changed_at: selectFrom('accounts').where('id', '=', accountId).select('password_changed_at'),
      ...reset,
    }))
    .onConflict((conflict) =>
      conflict
        .column('account_id')
        .doUpdateSet(({ ref }) => ({ password_changed_at: ref('excluded.password_changed_at'), ...reset })),
    )
    .execute();
  return token;
}

/** Deletes the emailed token of an account, in the transaction that changes its address (D-3). */
export async function endEmailedResets({ em }: Pick<RuleContext, 'em'>, accountId: string): Promise<void> {
  await em
    .getKysely<Tables>()
    .deleteFrom('password_resets')
    .where('account_id', '=', accountId)
    .where('email_key', 'is not', null)
    .execute();
}

/** Deletes the token of an account, emailed or shared, in the transaction of an administrator's act on it. */
export async function endResets({ em }: Pick<RuleContext, 'em'>, accountId: string): Promise<void> {
  await em.getKysely<Tables>().deleteFrom('password_resets').where('account_id', '=', accountId).execute();
}

/** The link to use a token. The token is in the fragment, so no server or log sees it. */
export const passwordResetLink = (publicUrl: string, token: string): string =>
  new URL(`/reset-password#${token}`, publicUrl).href;

/** Deletes expired tokens. */
export const expiredPasswordResets: Sweep = {
  name: 'passwordResets',
  table: 'password_resets',
  key: 'account_id',
  expiry: 'expires_at',
};
