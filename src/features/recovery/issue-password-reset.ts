import { minutes } from '../../duration.js';
import { hashToken, newToken } from '../../crypto/token.js';
import type { RuleContext } from '../../rules/context.js';
import { PasswordResetEntity } from './password-reset.entity.js';
import type { Sweep } from '../../database/sweep/sweep.js';

/** How long a reset token is valid, emailed or shared. */
export const RESET_LIFETIME_MS = minutes(30);

/** The account that may set a new password, and how the token is delivered. */
export interface NewPasswordReset {
  readonly accountId: string;
  readonly authVersion: number;
  /** The address it is emailed to; null if it is shared by an administrator. */
  readonly emailKey: string | null;
  readonly lifetimeMs: number;
  /** An address that is not bound yet, which using the token binds. */
  readonly bindsEmail?: string;
}

/**
 * Issues the only valid reset token of an account, replacing an older one.
 *
 * @returns the token, which can't be read again later
 */
export async function issuePasswordReset(
  { em, now }: Pick<RuleContext, 'em' | 'now'>,
  { accountId, authVersion, emailKey, lifetimeMs, bindsEmail }: NewPasswordReset,
): Promise<string> {
  const token = newToken('passwordReset');
  await em.upsert(PasswordResetEntity, {
    account: accountId,
    tokenHash: hashToken(token),
    authVersion,
    emailKey,
    bindsEmail: bindsEmail ?? null,
    attempts: 0,
    createdAt: now,
    expiresAt: new Date(now.getTime() + lifetimeMs),
  });
  return token;
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
