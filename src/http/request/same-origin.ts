import type { FastifyRequest } from 'fastify';
import type { Config } from '../../config/config.js';
import type { Locale, Translated } from '../../text/locale.js';

/** Why a cookie may not authorize a request. */
type OriginFault = 'NO_ORIGIN' | 'OTHER_ORIGIN';

/**
 * Why a request may not be authorized by a cookie, to prevent cross-site request forgery; null if it may. Requests from
 * this origin, direct navigation, and origins in the settings are allowed. A request without `Sec-Fetch-Site`
 * and `Origin` is not from a browser and is allowed if it has no cookie.
 */
export function findOriginFault(
  { headers }: FastifyRequest,
  { allowedOrigins }: Pick<Config, 'allowedOrigins'>,
  hasCookie: boolean,
): OriginFault | null {
  const { 'sec-fetch-site': site, origin } = headers;
  if (site === 'same-origin' || site === 'none') return null;
  if (origin !== undefined) return allowedOrigins.includes(origin) ? null : 'OTHER_ORIGIN';
  if (site !== undefined) return 'OTHER_ORIGIN';
  return hasCookie ? 'NO_ORIGIN' : null;
}

const messages: Readonly<Record<OriginFault, Translated<(origin: string) => string>>> = {
  NO_ORIGIN: {
    EN: (origin) => `A request with the session cookie needs the header Origin: ${origin}. Or use a bearer token.`,
    ZH: (origin) => `使用会话 Cookie 的请求需要请求头 Origin: ${origin}，也可以改用 Bearer 令牌。`,
  },
  OTHER_ORIGIN: {
    EN: (origin) => `Requests from this origin aren’t allowed. Use ${origin}.`,
    ZH: (origin) => `不允许来自此来源的请求，请使用 ${origin}。`,
  },
};

/** Explains a fault, and names the origin of the public URL. */
export const explainOriginFault = (
  fault: OriginFault,
  { publicUrl }: Pick<Config, 'publicUrl'>,
  locale: Locale,
): string => messages[fault][locale](new URL(publicUrl).origin);
