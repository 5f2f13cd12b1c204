import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { TokenCookie } from '../../graphql-kit/context.js';

/** `__Host-` binds a cookie to this host and https; plain http does not support it. */
const hostPrefix = (secure: boolean) => (secure ? '__Host-' : '');

/** The name of the session cookie. */
export const sessionCookieName = (secure: boolean): string => `${hostPrefix(secure)}postern_session`;

/** The name of the cookie that identifies a browser on which a user has signed in. */
export const deviceCookieName = (secure: boolean): string => `${hostPrefix(secure)}postern_device`;

/** Reads and writes a cookie with a token. Scripts can't read it, and other sites don't send it. */
export function tokenCookie(name: string, request: FastifyRequest, reply: FastifyReply, secure: boolean): TokenCookie {
  const attributes = { path: '/', httpOnly: true, secure, sameSite: 'lax' } as const;
  return {
    token: request.cookies[name] ?? null,
    set: (token, expires) => void reply.setCookie(name, token, { ...attributes, ...(expires ? { expires } : {}) }),
    clear: () => void reply.clearCookie(name, attributes),
  };
}
