import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../config/config.js';
import type { TokenCookie } from '../../graphql-kit/context.js';

/** `__Host-` binds a cookie to this host and https; plain http does not support it. */
const hostPrefix = (secure: boolean) => (secure ? '__Host-' : '');

/** The name of the session cookie. */
export const sessionCookieName = (secure: boolean): string => `${hostPrefix(secure)}postern_session`;

/** The name of the cookie that identifies a browser on which a user has signed in. */
export const deviceCookieName = (secure: boolean): string => `${hostPrefix(secure)}postern_device`;

/** The name of the cookie of a browser in which a user skips the second factor. */
export const trustCookieName = (secure: boolean): string => `${hostPrefix(secure)}postern_trust`;

/** The name of the cookie that opens forward auth on other hosts, and nothing else. */
export const GATE_COOKIE_NAME = 'postern_gate';

type CookieSettings = Pick<Config, 'secureCookies' | 'cookieDomain'>;

/** The session cookie of a request. The gate cookie ends with it. */
export function sessionCookie(config: CookieSettings, request: FastifyRequest, reply: FastifyReply): TokenCookie {
  const cookie = tokenCookie(sessionCookieName(config.secureCookies), request, reply, config.secureCookies);
  const clear = () => {
    cookie.clear();
    gateCookie(config, request, reply)?.clear();
  };
  return { ...cookie, clear };
}

/** The gate cookie of a request, for all hosts of the domain in the settings; null if there is none. */
export const gateCookie = (
  { secureCookies, cookieDomain }: CookieSettings,
  request: FastifyRequest,
  reply: FastifyReply,
): TokenCookie | null =>
  cookieDomain === null ? null : tokenCookie(GATE_COOKIE_NAME, request, reply, secureCookies, cookieDomain);

/** Reads and writes a cookie with a token. Scripts can't read it, and other sites don't send it. */
export function tokenCookie(
  name: string,
  request: FastifyRequest,
  reply: FastifyReply,
  secure: boolean,
  domain?: string,
): TokenCookie {
  const attributes = { path: '/', httpOnly: true, secure, sameSite: 'lax', ...(domain ? { domain } : {}) } as const;
  return {
    token: request.cookies[name] || null,
    set: (token, expires) => void reply.setCookie(name, token, { ...attributes, ...(expires ? { expires } : {}) }),
    clear: () => void reply.clearCookie(name, attributes),
  };
}
