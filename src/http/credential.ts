import type { FastifyRequest } from 'fastify';
import { findViewerByApiToken } from '../api-token/find-viewer-by-api-token.js';
import type { KeyRing } from '../crypto/key-ring.js';
import { isToken } from '../crypto/token.js';
import type { AnyViewer, TokenCookie } from '../graphql/context.js';
import { topLevelError } from '../graphql/errors.js';
import type { Reader } from '../database/select.js';
import { findViewerBySession } from '../session/viewer.js';

/**
 * Finds the person behind a request: one credential, one SQL statement. An `Authorization` header alone counts where
 * there is one, and a bad one refuses the whole request; an unknown or expired cookie makes an anonymous caller and is
 * cleared.
 */
export async function identify(request: FastifyRequest, cookie: TokenCookie, reader: Reader, keys: KeyRing, now: Date): Promise<AnyViewer | null> {
  const headers = request.raw.headersDistinct['authorization'] ?? [];
  if (headers.length > 1) throw topLevelError('BAD_REQUEST', { status: 400 });
  const [header] = headers;
  if (header !== undefined) {
    const token = bearerTokenOf(request);
    const viewer = token ? await findViewerByBearerToken(reader, keys, token, now) : null;
    if (viewer === null) throw topLevelError('UNAUTHENTICATED', { status: 401 });
    return viewer;
  }
  if (cookie.token === null) return null;
  const viewer = await findViewerBySession(reader, cookie.token, 'COOKIE', now);
  if (viewer === null) cookie.clear();
  return viewer;
}

/** The token in the `Authorization` header of a request; null where there is none, or what is none. */
export const bearerTokenOf = ({ headers: { authorization = '' } }: FastifyRequest): string | null => /^Bearer +([\w-]+)$/i.exec(authorization)?.[1] ?? null;

/** Each kind of token is known by its prefix and looked up in its own table only; with a wrong checksum, in none. */
const findViewerByBearerToken = (reader: Reader, keys: KeyRing, token: string, now: Date): Promise<AnyViewer | null> =>
  isToken('apiToken', token) ? findViewerByApiToken(reader, keys, token) : findViewerBySession(reader, token, 'BEARER', now);
