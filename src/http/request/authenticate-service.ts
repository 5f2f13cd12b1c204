import type { FastifyRequest } from 'fastify';
import type { KeyRing } from '../../crypto/key-ring.js';
import type { Reader } from '../../database/read/select.js';
import { findViewerByApiToken } from '../../features/api-token/find-viewer-by-api-token.js';
import type { ServiceScope } from '../../rules/service-scope.js';
import type { ApiTokenViewer } from '../../rules/viewer.js';
import { canonicalUsername } from '../../text/normalize.js';
import { getBearerToken } from './authenticate.js';
import { bearerChallenge } from './bearer-challenge.js';
import { noteViewer } from './note-viewer.js';

/** The service that sent a request, or the `WWW-Authenticate` of its rejection. */
export type ServiceAuthentication = { readonly service: ApiTokenViewer } | { readonly challenge: string };

/**
 * Finds the SERVICE account of a request by its token, which must have a scope. The token comes as bearer
 * token, or with HTTP Basic and the account's username, as clients of OAuth send it.
 */
export async function authenticateService(
  request: FastifyRequest,
  { reader, keys, scope }: { readonly reader: Reader; readonly keys: KeyRing; readonly scope: ServiceScope },
): Promise<ServiceAuthentication> {
  const client = readBasicCredentials(request);
  const token = client?.password ?? getBearerToken(request);
  const viewer = token === null ? null : await findViewerByApiToken(reader, keys, token);
  const isClient = viewer !== null && (client === null || canonicalUsername(client.username) === viewer.username);
  if (isClient) noteViewer(viewer);
  if (isClient && viewer.serviceScopes.includes(scope)) return { service: viewer };
  if (usesBasic(request)) return { challenge: BASIC_CHALLENGE };
  return { challenge: bearerChallenge(request, isClient ? 'insufficient_scope' : 'invalid_token') };
}

/** Sent only to clients that use Basic: a browser would ask a visitor for a password. */
const BASIC_CHALLENGE = 'Basic realm="Postern", charset="UTF-8"';

const usesBasic = ({ headers: { authorization = '' } }: FastifyRequest) => /^Basic\b/i.test(authorization.trim());

/** The credentials of HTTP Basic. Both parts are encoded like a form (RFC 6749, section 2.3.1). */
function readBasicCredentials({ headers: { authorization = '' } }: FastifyRequest) {
  const [, encoded] = /^Basic +([A-Za-z0-9+/]+={0,2})$/i.exec(authorization.trim()) ?? [];
  if (encoded === undefined) return null;
  const [, username, password] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString()) ?? [];
  if (username === undefined || password === undefined) return null;
  try {
    return { username: decodeFormValue(username), password: decodeFormValue(password) };
  } catch {
    return null;
  }
}

/** @throws {URIError} if the value isn't encoded like a form */
const decodeFormValue = (value: string) => decodeURIComponent(value.replaceAll('+', ' '));
