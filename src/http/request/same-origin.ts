import type { FastifyRequest } from 'fastify';
import type { Config } from '../../config/config.js';

/**
 * Whether a request may be authorized by a cookie, to prevent cross-site request forgery. Requests from this origin,
 * direct navigation, and origins in the settings are allowed. A request without `Sec-Fetch-Site` and `Origin` is
 * not from a browser and is allowed if it has no cookie.
 */
export function isFromAllowedOrigin(
  { headers }: FastifyRequest,
  { allowedOrigins }: Pick<Config, 'allowedOrigins'>,
  hasCookie: boolean,
): boolean {
  const site = headers['sec-fetch-site'];
  if (site === 'same-origin' || site === 'none') return true;
  if (headers.origin !== undefined) return allowedOrigins.includes(headers.origin);
  return site === undefined && !hasCookie;
}
