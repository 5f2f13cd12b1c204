import { minutes } from '../../duration.js';
import type { Config } from '../../config/config.js';
import type { Sweep } from '../../database/sweep/sweep.js';
import type { RuleContext } from '../../rules/context.js';
import type { Role } from '../../rules/role.js';
import type { SessionViewer } from '../../rules/viewer.js';

/** Idle timeout and lifetime of a new session. Administrators' are shorter and never remembered (R-55). */
export function sessionLifetime(limits: Config['session'], role: Role, rememberMe: boolean) {
  if (role !== 'USER') return { ...limits.administrator, remembered: false };
  return rememberMe ? { ...limits.remembered, remembered: true } : { ...limits.ordinary, remembered: false };
}

/** When a session was stepped up that never was: a trusted browser opened it. */
export const NEVER = new Date(0);

/** When a session was stepped up whose window was closed, because a factor that opened it was removed. */
export const CLOSED = new Date(1_000);

/**
 * Whether a trusted browser replaced the second factor in this session, and the user has not verified every factor in
 * it since.
 */
export const skippedSecondFactor = ({
  trustedBrowserId,
  steppedUpAt,
  twoFactorEnabledAt,
}: Pick<SessionViewer, 'trustedBrowserId' | 'steppedUpAt' | 'twoFactorEnabledAt'>): boolean =>
  trustedBrowserId !== null && twoFactorEnabledAt !== null && steppedUpAt.getTime() === NEVER.getTime();

/** The step-up window for replacing a lost factor, in a session opened with a backup code (D-2). */
const LOST_FACTOR_WINDOW_MS = minutes(60);

/**
 * Whether a session was opened with a backup code, and no app or passkey was added or used in it since. That code then
 * counts as the second factor for adding one (D-2).
 */
export const replacesLostFactor = ({
  factors,
  twoFactorEnabledAt,
}: Pick<SessionViewer, 'factors' | 'twoFactorEnabledAt'>): boolean =>
  twoFactorEnabledAt !== null &&
  factors.includes('BACKUP_CODE') &&
  !factors.includes('TOTP') &&
  !factors.includes('PASSKEY');

/**
 * Whether the user verified every enabled factor in this session recently enough.
 *
 * @param addsFactor whether the operation adds a second factor, for which a lost one has a longer window (D-2)
 */
export const isSteppedUp = (
  { config, now }: Pick<RuleContext, 'config' | 'now'>,
  viewer: Pick<SessionViewer, 'steppedUpAt' | 'factors' | 'twoFactorEnabledAt'>,
  addsFactor = false,
): boolean => {
  const isLonger = addsFactor && replacesLostFactor(viewer);
  const windowMs = isLonger ? Math.max(config.stepUpMs, LOST_FACTOR_WINDOW_MS) : config.stepUpMs;
  return now.getTime() - viewer.steppedUpAt.getTime() <= windowMs;
};

/** Deletes sessions past their lifetime, even if they are in use. */
export const expiredSessions: Sweep = {
  name: 'sessions',
  table: 'sessions',
  key: 'id',
  expiry: 'expires_at',
};
