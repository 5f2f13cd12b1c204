import { sql } from 'kysely';
import { hashToken, newToken } from '../../crypto/token.js';
import { CredentialRevokedError } from '../../rules/authority.js';
import type { RuleContext } from '../../rules/context.js';
import type { SessionViewer } from '../../rules/viewer.js';
import type { Tables } from '../../database/read/select.js';
import type { IssuedSession } from './issue-session.js';
import type { Factor } from './session.entity.js';

/** What else changes in the session. */
export interface Rotation {
  /** The account's new `authVersion`, if the change raised it. */
  readonly authVersion?: number;
  /** A factor that the change verified. */
  readonly verifiedFactor?: Factor;
  /** Whether the user has just verified every enabled factor. */
  readonly steppedUp: boolean;
  /** Whether the step-up window closes, because a factor that opened it was removed. */
  readonly closesStepUp?: boolean;
}

/** When a session with a closed step-up window was stepped up. */
const NEVER = new Date(0);

/**
 * Replaces the token of the viewer's session, in the transaction of the change. The session keeps its ID.
 *
 * @throws {CredentialRevokedError} if the session was rotated concurrently; the transaction rolls back
 */
export async function rotateSession(
  { em, now }: RuleContext,
  viewer: SessionViewer,
  { authVersion = viewer.authVersion, verifiedFactor, steppedUp, closesStepUp = false }: Rotation,
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
      ...(verifiedFactor ? { factors: withFactor(verifiedFactor) } : {}),
      ...(steppedUp ? { stepped_up_at: now } : {}),
      ...(closesStepUp ? { stepped_up_at: NEVER } : {}),
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
  if (!rotated) throw new CredentialRevokedError();
  return { ...rotated, id, accountId, lastSeenAt: now, token, deviceToken: null };
}

/** Adds a factor to those of the session, unless it contains it. */
const withFactor = (factor: Factor) =>
  sql<Factor[]>`case when ${factor} = any(factors) then factors else array_append(factors, ${factor}::text) end`;
