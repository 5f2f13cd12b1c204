import type { FastifyRequest } from 'fastify';
import type { Config } from '../../config/config.js';
import type { Reader } from '../../database/read/select.js';
import { findViewerByGate, findViewerBySession } from '../../features/session/find-viewer-by-session.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { getBearerToken, hasAuthorization } from './authenticate.js';
import { GATE_COOKIE_NAME, sessionCookieName } from './token-cookie.js';

/**
 * Finds the session of a request to forward auth with one SQL statement, and changes no cookie: the token in
 * `Authorization`, else the session cookie, else the gate cookie. API tokens and access tokens are no sessions (R-59,
 *
 */
export async function findSessionViewer(
  request: FastifyRequest,
  { secureCookies, cookieDomain }: Pick<Config, 'secureCookies' | 'cookieDomain'>,
  reader: Reader,
  now: Date,
): Promise<SessionViewer | null> {
  if (hasAuthorization(request)) {
    const token = getBearerToken(request);
    return token ? findViewerBySession(reader, token, 'BEARER', now) : null;
  }
  const { [sessionCookieName(secureCookies)]: session, [GATE_COOKIE_NAME]: gate } = request.cookies;
  if (session) return findViewerBySession(reader, session, 'COOKIE', now);
  if (cookieDomain === null || !gate || isRepeated(request, GATE_COOKIE_NAME)) return null;
  return findViewerByGate(reader, gate, now);
}

/** Any host of the domain can set a second gate cookie, and nothing tells which is whose. */
const isRepeated = ({ headers: { cookie = '' } }: FastifyRequest, name: string): boolean =>
  cookie.split(';').filter((pair) => pair.trim().startsWith(`${name}=`)).length > 1;
