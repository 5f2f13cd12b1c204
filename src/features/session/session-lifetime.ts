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

/** Whether the user verified every enabled factor in this session recently enough. */
export const isSteppedUp = ({ config, now }: Pick<RuleContext, 'config' | 'now'>, viewer: SessionViewer): boolean =>
  now.getTime() - viewer.steppedUpAt.getTime() <= config.stepUpMs;

/** Deletes sessions past their lifetime, even if they are in use. */
export const expiredSessions: Sweep = {
  name: 'sessions',
  table: 'sessions',
  key: 'id',
  expiry: 'expires_at',
};
