import type { FastifyRequest } from 'fastify';

/**
 * The `WWW-Authenticate` of a rejected request (RFC 6750, section 3). It names an error only if the request had a
 * bearer token, so that a client that sent none, or another scheme, knows that nothing was checked.
 */
export const bearerChallenge = (
  { headers: { authorization = '' } }: FastifyRequest,
  error: 'invalid_token' | 'insufficient_scope' = 'invalid_token',
): string => (/^Bearer\b/i.test(authorization.trim()) ? `Bearer error="${error}"` : 'Bearer');
