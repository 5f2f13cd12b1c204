import type { FastifyRequest } from 'fastify';
import { findViewerByApiToken } from '../../features/api-token/find-viewer-by-api-token.js';
import type { KeyRing } from '../../crypto/key-ring.js';
import { isToken } from '../../crypto/token.js';
import type { TokenCookie } from '../../graphql-kit/context.js';
import type { Viewer } from '../../rules/viewer.js';
import { requestLocale } from './locale.js';
import { topLevelError } from '../../graphql-kit/errors.js';
import type { Reader } from '../../database/read/select.js';
import { findViewerBySession, hasSession } from '../../features/session/find-viewer-by-session.js';

/**
 * Finds the viewer of a request with one SQL statement. If there is an `Authorization` header, cookies are ignored, and
 * an invalid token rejects the request. With an invalid cookie the caller is anonymous, and it is cleared if its
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
  if (request.headers.authorization !== undefined) {
    const token = getBearerToken(request);
    const viewer = token ? await findViewerByBearerToken(reader, keys, token, now) : null;
    if (viewer === null) throw topLevelError('UNAUTHENTICATED', { status: 401 }, requestLocale(request));
    return viewer;
  }
  if (cookie.token === null) return null;
  const viewer = await findViewerBySession(reader, cookie.token, 'COOKIE', now);
  if (viewer === null && (await hasSession(reader, cookie.token))) cookie.clear();
  return viewer;
}

/** The token in the `Authorization` header of a request; null if it is missing or malformed. */
export const getBearerToken = ({ headers: { authorization = '' } }: FastifyRequest): string | null =>
  /^Bearer +([\w-]+)$/i.exec(authorization)?.[1] ?? null;

/** Looks up a token in the table of its prefix; not at all if its checksum is wrong. */
const findViewerByBearerToken = (reader: Reader, keys: KeyRing, token: string, now: Date): Promise<Viewer | null> =>
  isToken('apiToken', token)
    ? findViewerByApiToken(reader, keys, token)
    : findViewerBySession(reader, token, 'BEARER', now);
