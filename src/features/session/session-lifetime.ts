import type { Role } from '../../rules/role.js';
import type { Config } from '../../config/config.js';

/** How long a new session may idle and live: administrators shorter, and never remembered. */
export function sessionLifetime(limits: Config['session'], role: Role, rememberMe: boolean) {
  if (role !== 'USER') return { ...limits.administrator, remembered: false };
  return rememberMe ? { ...limits.remembered, remembered: true } : { ...limits.ordinary, remembered: false };
}
