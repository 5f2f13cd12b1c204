import { sql } from 'kysely';
import { hashToken, newToken } from '../../crypto/token.js';
import type { AuthenticationMethod } from '../../rules/authentication-method.js';
import { CredentialRevokedError } from '../../rules/authority.js';
import type { RuleContext } from '../../rules/context.js';
import type { SessionViewer } from '../../rules/viewer.js';
import type { Tables } from '../../database/read/select.js';
import { newGateToken } from './gate-token.js';
import type { IssuedSession } from './issue-session.js';
import type { Factor } from './session.entity.js';
import { CLOSED } from './session-lifetime.js';

/** What else changes in the session. */
export interface Rotation {
  /** The account's new `authVersion`, if the change raised it. */
  readonly authVersion?: number;
  /** A factor that the change verified. */
  readonly verifiedFactor?: Factor;
  /** The authentication methods that the change verified. */
  readonly methods?: readonly AuthenticationMethod[];
  /** Whether the user has just verified every enabled factor. */
  readonly steppedUp: boolean;
  /** Whether the step-up window closes, because a factor that opened it was removed. */
  readonly closesStepUp?: boolean;
}

/**
 * Replaces the tokens of the viewer's session, in the transaction of the change. The session keeps its ID.
 *
 * @throws {CredentialRevokedError} if the session was rotated concurrently; the transaction rolls back
 */
export async function rotateSession(
  { em, now, config }: RuleContext,
  viewer: SessionViewer,
  { authVersion = viewer.authVersion, verifiedFactor, methods = [], steppedUp, closesStepUp = false }: Rotation,
): Promise<IssuedSession> {
  const { sessionId: id, tokenHash, accountId } = viewer;
  const token = newToken('session');
  const gateToken = newGateToken(config, viewer.delivery);
  const rotated = await em
    .getKysely<Tables>()
    .updateTable('sessions')
    .set({
      token_hash: hashToken(token),
      gate_token_hash: gateToken && hashToken(gateToken),
      last_seen_at: now,
      auth_version: authVersion,
      ...(verifiedFactor ? { factors: withFactor(verifiedFactor) } : {}),
      ...(methods.length > 0 ? { methods: withMethods(methods) } : {}),
      ...(steppedUp ? { stepped_up_at: now } : {}),
      ...(closesStepUp ? { stepped_up_at: CLOSED } : {}),
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
  return { ...rotated, id, accountId, lastSeenAt: now, token, deviceToken: null, gateToken };
}

/** Adds a factor to those of the session, unless it contains it. */
const withFactor = (factor: Factor) =>
  sql<Factor[]>`case when ${factor} = any(factors) then factors else array_append(factors, ${factor}::text) end`;

/** Adds methods to those of the session, each once. */
const withMethods = (methods: readonly AuthenticationMethod[]) =>
  sql<string[]>`array(select distinct unnest(methods || ${sql.val([...methods])}::text[]))`;
