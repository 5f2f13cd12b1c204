import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../config/config.js';
import { hasAuthorization } from './authenticate.js';
import { requestLocale } from './locale.js';
import { explainOriginFault, findOriginFault } from './same-origin.js';
import { sessionCookieName } from './token-cookie.js';
import { errorBody } from './top-level-error.js';

/** Rejects a request from another site, before anything is read. */
export function rejectOtherSites(config: Config) {
  const cookie = sessionCookieName(config.secureCookies);
  return (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    // Browsers never add bearer tokens by themselves, and a request with one ignores the cookie.
    const fault = hasAuthorization(request) ? null : findOriginFault(request, config, Boolean(request.cookies[cookie]));
    if (fault === null) done();
    else void reply.code(403).send(errorBody(explainOriginFault(fault, config, requestLocale(request)), 'FORBIDDEN'));
  };
}
