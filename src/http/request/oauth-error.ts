import type { FastifyReply, FastifyRequest } from 'fastify';
import { topLevelErrors } from '../../graphql-kit/errors.js';
import { requestLocale } from './locale.js';
import { errorBody } from './top-level-error.js';

/** Why an endpoint of OAuth rejects a request (RFC 6749, section 5.2). */
const oauthErrors = {
  invalid_request: { status: 400, code: 'BAD_REQUEST' },
  invalid_client: { status: 401, code: 'UNAUTHENTICATED' },
} as const;

/** Rejects a request at an endpoint of OAuth, in the form of its clients, and in that of all errors here. */
export function sendOauthError(request: FastifyRequest, reply: FastifyReply, error: keyof typeof oauthErrors) {
  const { status, code } = oauthErrors[error];
  return reply.code(status).send({ error, ...errorBody(topLevelErrors[code][requestLocale(request)], code) });
}
