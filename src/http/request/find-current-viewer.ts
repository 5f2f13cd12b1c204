import type { FastifyRequest } from 'fastify';
import type { KeyRing } from '../../crypto/key-ring.js';
import type { Reader } from '../../database/read/select.js';
import { findViewerBySessionId } from '../../features/session/find-viewer-by-session.js';
import { addressOfNode } from '../../net/ip-address.js';
import type { Viewer } from '../../rules/viewer.js';
import { findViewerByBearerToken, getBearerToken } from './authenticate.js';

/**
 * Finds the viewer of a long request again, as the account is now; null if the credential has ended since. A session is
 * found by its ID: it lives on when it gets a new token.
 */
export async function findCurrentViewer(
  request: FastifyRequest,
  viewer: Viewer,
  { reader, keys, ip, now }: { reader: Reader; keys: KeyRing; ip: string; now: Date },
): Promise<Viewer | null> {
  if (viewer.credential === 'SESSION') return findViewerBySessionId(reader, viewer.sessionId, now);
  const token = getBearerToken(request);
  return token ? findViewerByBearerToken(reader, keys, token, { ip: addressOfNode(ip), now }) : null;
}
