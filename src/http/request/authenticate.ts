import type { FastifyRequest } from 'fastify';
import { findViewerByAccessToken } from '../../features/access-token/find-viewer-by-access-token.js';
import { findViewerByApiToken } from '../../features/api-token/find-viewer-by-api-token.js';
import { addressOfNode } from '../../net/ip-address.js';
import type { KeyRing } from '../../crypto/key-ring.js';
import { isToken } from '../../crypto/token.js';
import type { TokenCookie } from '../../graphql-kit/context.js';
import type { Viewer } from '../../rules/viewer.js';
import { bearerChallenge } from './bearer-challenge.js';
import { requestLocale } from './locale.js';
import { topLevelError } from '../../graphql-kit/errors.js';
import type { Reader } from '../../database/read/select.js';
import { findViewerBySession, hasSession } from '../../features/session/find-viewer-by-session.js';

/**
 * Finds the viewer of a request with one SQL statement. If the `Authorization` header has a value, cookies are ignored,
 * and an invalid token rejects the request. With an invalid cookie the caller is anonymous, and it is cleared if its
 * session has ended. One that is unknown may be a previous one: a request that was sent just before the token was
 * rotated would clear the new one.
 */
export async function authenticate(
  request: FastifyRequest,
  cookie: TokenCookie,
  reader: Reader,
  keys: KeyRing,
  now: Date,
): Promise<Viewer | null> {
  if (hasAuthorization(request)) {
    const token = getBearerToken(request);
    const viewer = token
      ? await findViewerByBearerToken(reader, keys, token, { ip: addressOfNode(request.ip), now })
      : null;
    if (viewer === null)
      throw topLevelError(
        'UNAUTHENTICATED',
        { status: 401, challenge: bearerChallenge(request) },
        requestLocale(request),
      );
    return viewer;
  }
  if (cookie.token === null) return null;
  const viewer = await findViewerBySession(reader, cookie.token, 'COOKIE', now);
  if (viewer === null && (await hasSession(reader, cookie.token))) cookie.clear();
  return viewer;
}

/**
 * Whether a request names its own credential. An empty header names none: clients send it for a user who has not signed
 * in.
 */
export const hasAuthorization = ({ headers: { authorization = '' } }: FastifyRequest): boolean =>
  authorization.trim() !== '';

/** The token in the `Authorization` header of a request; null if it is missing or malformed. */
export const getBearerToken = ({ headers: { authorization = '' } }: FastifyRequest): string | null =>
  /^Bearer +([\w-]+)$/i.exec(authorization)?.[1] ?? null;

/** Looks up a token in the table of its prefix; not at all if its checksum is wrong. */
export function findViewerByBearerToken(
  reader: Reader,
  keys: KeyRing,
  token: string,
  caller: { readonly ip: string | null; readonly now: Date },
): Promise<Viewer | null> {
  if (isToken('apiToken', token)) return findViewerByApiToken(reader, keys, token);
  if (isToken('accessToken', token)) return findViewerByAccessToken(reader, token, caller);
  return findViewerBySession(reader, token, 'BEARER', caller.now);
}
