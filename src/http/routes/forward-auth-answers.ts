import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLError } from 'graphql';
import type { Config } from '../../config/config.js';
import { findReturnAddress, signInAddress } from '../../features/service-auth/return-address.js';
import { toGlobalId } from '../../rules/global-id.js';
import type { Role } from '../../rules/role.js';
import type { SessionViewer } from '../../rules/viewer.js';
import type { ForwardAuthQuery } from '../request/access-demand.js';
import { hasAuthorization } from '../request/authenticate.js';
import { readForwardedRequest } from '../request/forwarded-request.js';

/**
 * Names the user. A proxy that copies these headers replaces those of its client only if they are present, so all of
 * them are, always. A name is ASCII by its rule (R-100); any other would be percent-encoded.
 */
export const sendUser = (
  reply: FastifyReply,
  { accountId, username }: SessionViewer,
  role: Role,
  identityToken: string | null,
): FastifyReply =>
  reply
    .code(204)
    .headers({
      'x-postern-user': toGlobalId('User', accountId),
      'x-postern-username': encodeURIComponent(username),
      'x-postern-role': role,
      ...(identityToken === null ? {} : { 'x-postern-token': identityToken }),
    })
    .send();

/** The user may not use the service: signing in again would not help. */
export const sendForbidden = (reply: FastifyReply): FastifyReply =>
  reply.code(403).header('www-authenticate', 'Bearer error="insufficient_scope"').send();

/**
 * Says where the user signs in or, with a viewer, confirms their identity. A browser that opens a page is sent there if
 * the proxy asks for it.
 */
export function sendToSignIn(
  request: FastifyRequest,
  reply: FastifyReply,
  config: Pick<Config, 'publicUrl' | 'returnOrigins' | 'trustedProxies'>,
  query: ForwardAuthQuery,
  viewer: SessionViewer | null = null,
): FastifyReply {
  const { address, method } = readForwardedRequest(request, config);
  const signIn = signInAddress(config, { returnAddress: findReturnAddress(address, config), stepUp: viewer !== null });
  const opensPage = method === 'GET' && request.headers.accept?.includes('text/html');
  if (query.redirects && opensPage) return reply.code(302).header('location', signIn).send();
  const challenge = viewer ? staleChallenge(query) : hasAuthorization(request) ? INVALID_TOKEN : NO_TOKEN;
  return reply.code(401).headers({ 'www-authenticate': challenge, 'x-postern-sign-in': signIn }).send();
}

/** Challenges by RFC 6750 (section 3). */
const NO_TOKEN = 'Bearer';
const INVALID_TOKEN = 'Bearer error="invalid_token"';

/** The challenge for a sign-in that is too old or had too few factors (RFC 9470, section 3). */
const staleChallenge = ({ maxAgeSeconds }: ForwardAuthQuery): string =>
  `Bearer error="insufficient_user_authentication"${maxAgeSeconds === null ? '' : `, max_age="${maxAgeSeconds}"`}`;

/** A fault of the server, as a status alone. */
export function sendFault(reply: FastifyReply, { extensions }: GraphQLError): FastifyReply {
  const { status, headers } = extensions['http'] as { status: number; headers: ReadonlyMap<string, string> };
  return reply.code(status).headers(Object.fromEntries(headers)).send();
}
