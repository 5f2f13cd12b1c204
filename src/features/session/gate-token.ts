import type { Config } from '../../config/config.js';
import { newToken } from '../../crypto/token.js';
import type { SessionDelivery } from '../../rules/viewer.js';

/**
 * A new gate token for a session: 256 bits, which forward auth accepts on the hosts below `COOKIE_DOMAIN`, and nothing
 * else does. Null without that setting, and for a session whose client has no cookies.
 */
export const newGateToken = (
  { cookieDomain }: Pick<Config, 'cookieDomain'>,
  delivery: SessionDelivery,
): string | null => (cookieDomain !== null && delivery === 'COOKIE' ? newToken('gate') : null);
