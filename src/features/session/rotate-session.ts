import { sql } from 'kysely';
import { hashToken, newToken } from '../../crypto/token.js';
import { CredentialEnded } from '../../rules/authority.js';
import type { RuleContext } from '../../rules/context.js';
import type { Viewer } from '../../rules/viewer.js';
import type { Tables } from '../../database/read/select.js';
import type { IssuedSession } from './issue-session.js';
import type { Factor } from './session.entity.js';

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
  const token = newToken('session');
  const rotated = await em
    .getKysely<Tables>()
    .updateTable('sessions')
    .set({
      token_hash: hashToken(token),
      last_seen_at: now,
      auth_version: authVersion,
      ...(passed ? { factors: withFactor(passed) } : {}),
      ...(steppedUp ? { stepped_up_at: now } : {}),
    })
    .where('id', '=', id)
    .where('token_hash', '=', tokenHash)
    .returning([
      'factors',
      'created_at as createdAt',
      'expires_at as expiresAt',
      'remembered',
      'ip',
      'user_agent as userAgent',
    ])
    .executeTakeFirst();
  if (!rotated) throw new CredentialEnded();
  return { ...rotated, id, accountId, lastSeenAt: now, token, deviceToken: null };
}

/** The factors of the session and one more, which it may have passed before. */
const withFactor = (factor: Factor) =>
  sql<Factor[]>`case when ${factor} = any(factors) then factors else array_append(factors, ${factor}::text) end`;
