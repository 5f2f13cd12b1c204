import { hashToken, newToken } from '../../crypto/token.js';
import { CredentialEnded } from '../../rules/authority.js';
import type { RuleContext } from '../../rules/context.js';
import type { Viewer } from '../../rules/viewer.js';
import type { Tables } from '../../database/read/select.js';
import type { IssuedSession } from './issue-session.js';
import { SessionEntity, type Factor } from './session.entity.js';

/** What a rotation changes beside the token. */
export interface Rotation {
  /** The account's `authVersion` from now on, where the change raised it. */
  readonly authVersion?: number;
  /** A factor that the session has passed with the change. */
  readonly passed?: Factor;
  /** Whether the user has just verified who they are, with every factor that is on. */
  readonly steppedUp: boolean;
}

/**
 * Gives the viewer's session a new token, in the transaction of the change that calls for it; the old one is refused
 * from then on, and the session keeps its id. Compare-and-set on the old token.
 *
 * @throws {CredentialEnded} where the session was rotated meanwhile; the transaction rolls back
 */
export async function rotateSession(
  { em, now }: RuleContext,
  viewer: Viewer,
  { authVersion = viewer.authVersion, passed, steppedUp }: Rotation,
): Promise<IssuedSession> {
  const { sessionId: id, tokenHash, accountId } = viewer;
  const session = await em.findOne(SessionEntity, { id, tokenHash }, { disableIdentityMap: true });
  if (!session) throw new CredentialEnded();
  const factors = [...new Set([...(session.factors as Factor[]), ...(passed ? [passed] : [])])];
  const token = newToken('session');
  const { numUpdatedRows } = await em
    .getKysely<Tables>()
    .updateTable('sessions')
    .set({
      token_hash: hashToken(token),
      last_seen_at: now,
      factors,
      auth_version: authVersion,
      ...(steppedUp ? { stepped_up_at: now } : {}),
    })
    .where('id', '=', id)
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new CredentialEnded();
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
