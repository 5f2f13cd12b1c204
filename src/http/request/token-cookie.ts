import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { TokenCookie } from '../../graphql-kit/context.js';

/** With `__Host-` browsers keep a cookie to this host and to https; plain http has no such thing. */
const hostPrefix = (secure: boolean) => (secure ? '__Host-' : '');

/** The name of the cookie that holds a session. */
export const sessionCookieName = (secure: boolean): string => `${hostPrefix(secure)}postern_session`;

/** The name of the cookie by which a browser is known that somebody has signed in on. */
export const deviceCookieName = (secure: boolean): string => `${hostPrefix(secure)}postern_device`;

/** Reads and writes a cookie with a token: out of reach of scripts, and not sent along from other sites. */
export function tokenCookie(name: string, request: FastifyRequest, reply: FastifyReply, secure: boolean): TokenCookie {
  const attributes = { path: '/', httpOnly: true, secure, sameSite: 'lax' } as const;
  return {
    token: request.cookies[name] ?? null,
    set: (token, expires) => void reply.setCookie(name, token, { ...attributes, ...(expires ? { expires } : {}) }),
    clear: () => void reply.clearCookie(name, attributes),
  };
}
