import { hashToken, newToken } from '../../crypto/token.js';
import type { EntityManager } from '../../database/connection/database.js';
import type { RuleContext } from '../../rules/context.js';
import type { IssuedSession } from './issue-session.js';
import { SessionEntity, type Factor } from './session.entity.js';
import { SessionOver } from './session-over.js';
import type { Viewer } from '../../rules/viewer.js';

/** What a rotation changes beside the token. */
export interface Rotation {
  /** The account's `authVersion` from now on, where the change raised it. */
  readonly authVersion?: number;
  /** A factor that the session has passed with the change. */
  readonly passed?: Factor;
  /** Whether the person has just proven who they are, with every factor that is on. */
  readonly steppedUp: boolean;
}

/**
 * Gives the viewer's session a new token, in the transaction of the change that calls for it; the old one is refused
 * from then on, and the session keeps its id. Compare-and-set on the old token.
 *
 * @throws {SessionOver} where the session ended or was rotated meanwhile; the transaction rolls back
 */
export async function rotateSession(
  em: EntityManager,
  { now }: RuleContext,
  viewer: Viewer,
  { authVersion, passed, steppedUp }: Rotation,
): Promise<IssuedSession> {
  const { sessionId: id, tokenHash, accountId } = viewer;
  const session = await em.findOne(SessionEntity, { id, tokenHash });
  if (!session) throw new SessionOver();
  const factors = [...new Set([...(session.factors as Factor[]), ...(passed ? [passed] : [])])];
  const token = newToken('session');
  const rotated = await em.nativeUpdate(
    SessionEntity,
    { id, tokenHash },
    {
      tokenHash: hashToken(token),
      lastSeenAt: now,
      factors,
      authVersion: authVersion ?? viewer.authVersion,
      ...(steppedUp ? { steppedUpAt: now } : {}),
    },
  );
  if (rotated === 0) throw new SessionOver();
  const { createdAt, expiresAt, remembered, ip = null, userAgent = null } = session;
  return {
    id,
    accountId,
    factors,
    createdAt,
    lastSeenAt: now,
    expiresAt,
    ip,
    userAgent,
    remembered,
    token,
    deviceToken: null,
  };
}
