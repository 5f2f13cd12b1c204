import type { FastifyRequest } from 'fastify';
import type { TokenCookie } from '../graphql/context.js';
import { topLevelError } from '../graphql/errors.js';
import type { Reader } from '../database/select.js';
import { findViewerBySession, type Viewer } from '../session/viewer.js';

/**
 * Finds the person behind a request: one credential, one SQL statement. An `Authorization` header alone counts where
 * there is one, and a bad one refuses the whole request; an unknown or expired cookie makes an anonymous caller and is
 * cleared.
 */
export async function identify(request: FastifyRequest, cookie: TokenCookie, reader: Reader, now: Date): Promise<Viewer | null> {
  const headers = request.raw.headersDistinct['authorization'] ?? [];
  if (headers.length > 1) throw topLevelError('BAD_REQUEST', { status: 400 });
  const [header] = headers;
  if (header !== undefined) {
    const [, token] = /^Bearer +([\w-]+)$/i.exec(header) ?? [];
    const viewer = token ? await findViewerBySession(reader, token, 'BEARER', now) : null;
    if (viewer === null) throw topLevelError('UNAUTHENTICATED', { status: 401 });
    return viewer;
  }
  if (cookie.token === null) return null;
  const viewer = await findViewerBySession(reader, cookie.token, 'COOKIE', now);
  if (viewer === null) cookie.clear();
  return viewer;
}
