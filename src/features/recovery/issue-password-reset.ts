import { minutes } from '../../duration.js';
import { hashToken, newToken } from '../../crypto/token.js';
import type { RuleContext } from '../../rules/context.js';
import { PasswordResetEntity } from './password-reset.entity.js';
import type { Sweep } from '../../database/sweep/sweep.js';

/** How long a token lives that was mailed or handed over to who may need it at once (R-47; in ms). */
export const RESET_LIFETIME_MS = minutes(30);

/** Whose password may be set anew, and how the token leaves. */
export interface NewPasswordReset {
  readonly accountId: string;
  readonly authVersion: number;
  /** The address that it is mailed to; null where it is handed over. */
  readonly emailKey: string | null;
  readonly lifetimeMs: number;
  /** The address that using it binds, where it is mailed to one that is not bound yet. */
  readonly bindsEmail?: string;
}

/**
 * Makes the one live token of an account; an older one dies with it. @returns the token, which is known only now
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

/** The link with which a token is used. The token stands behind the #, so that no server and no log sees it. */
export const passwordResetLink = (publicUrl: string, token: string): string =>
  new URL(`/reset-password#${token}`, publicUrl).href;

/** Links that can't be used any more. */
export const expiredPasswordResets: Sweep = {
  name: 'passwordResets',
  table: 'password_resets',
  key: 'account_id',
  expiry: 'expires_at',
};
