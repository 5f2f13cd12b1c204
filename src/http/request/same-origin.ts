import type { FastifyRequest } from 'fastify';
import type { Config } from '../../config/config.js';

/**
 * Keeps out cross-site request forgery (CSRF): whether a request may act with the cookie that the browser attached: it
 * comes from a page of this server, from the person directly, or from an origin that the settings name. A
 * request with neither header is no browser's, and is refused only where it brings the cookie.
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
