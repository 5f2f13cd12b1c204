import type { FastifyRequest } from 'fastify';
import type { Config } from '../../config/config.js';

/**
 * Prevents cross-site request forgery (CSRF): whether the browser's cookie may authorize a request. It may from this
 * server, from direct navigation, and from origins in the settings. A request with neither header is not from a
 * browser, and is rejected only if it has the cookie.
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
