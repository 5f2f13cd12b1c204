import { sql } from 'kysely';
import { hashToken } from '../../crypto/token.js';
import { newWebauthnRandom } from '../../crypto/webauthn-random.js';
import type { Tables } from '../../database/read/select.js';
import type { Sweep } from '../../database/sweep/sweep.js';
import { minutes } from '../../duration.js';
import type { RuleContext } from '../../rules/context.js';
import type { ChallengePurpose } from './passkey-challenge.entity.js';

/** How long a challenge waits for its answer. */
export const CHALLENGE_LIFETIME_MS = minutes(5);

/**
 * Number of open challenges of one purpose that a session, sign-in or reset can have; the newest replace older ones.
 */
const MAXIMUM_OPEN_CHALLENGES = 5;

/** What a challenge is for, and what it belongs to. */
export interface ChallengeUse {
  readonly purpose: ChallengePurpose;
  /** Null for a sign-in, which names no account. */
  readonly account: { readonly id: string; readonly authVersion: number } | null;
  /** The session, the sign-in challenge or the hash of the reset token; null for a sign-in. */
  readonly boundTo: string | null;
}

/** Stores a new challenge. Returns it in base64url; it can't be read again later. */
export async function openPasskeyChallenge(
  { em, now }: Pick<RuleContext, 'em' | 'now'>,
  { purpose, account, boundTo }: ChallengeUse,
): Promise<string> {
  const challenge = newWebauthnRandom();
  const db = em.getKysely<Tables>();
  if (boundTo !== null)
    await db
      .deleteFrom('passkey_challenges')
      .where('challenge_hash', 'in', (open) =>
        open
          .selectFrom('passkey_challenges')
          .select('challenge_hash')
          .where('account_id', '=', account?.id ?? null)
          .where('purpose', '=', purpose)
          .where('bound_to', '=', boundTo)
          .orderBy('created_at', 'desc')
          .offset(MAXIMUM_OPEN_CHALLENGES - 1),
      )
      .execute();
  await db
    .insertInto('passkey_challenges')
    .values({
      challenge_hash: hashToken(challenge),
      purpose,
      account_id: account?.id ?? null,
      auth_version: account?.authVersion ?? null,
      bound_to: boundTo,
      created_at: now,
      expires_at: new Date(now.getTime() + CHALLENGE_LIFETIME_MS),
    })
    .execute();
  return challenge;
}

/** A consumed challenge, and the account that it was for. */
export interface TakenChallenge {
  readonly accountId: string | null;
  readonly authVersion: number | null;
}

/**
 * Consumes a challenge, once, in a separate commit: a refused answer consumes it too.
 *
 * @returns null if it is unknown, used, expired, or for something else
 */
export async function takePasskeyChallenge(
  { em, now }: Pick<RuleContext, 'em' | 'now'>,
  challenge: string,
  { purpose, boundTo }: Pick<ChallengeUse, 'purpose' | 'boundTo'>,
): Promise<TakenChallenge | null> {
  if (em.isInTransaction()) throw new Error('challenges must be taken outside a transaction');
  const taken = await em
    .getKysely<Tables>()
    .deleteFrom('passkey_challenges')
    .where('challenge_hash', '=', hashToken(challenge))
    .where('purpose', '=', purpose)
    .where(sql<boolean>`bound_to is not distinct from ${boundTo}::text`)
    .where('expires_at', '>', now)
    .returning(['account_id as accountId', 'auth_version as authVersion'])
    .executeTakeFirst();
  return taken ?? null;
}

/** Deletes expired challenges. */
export const expiredPasskeyChallenges: Sweep = {
  name: 'passkeyChallenges',
  table: 'passkey_challenges',
  key: 'challenge_hash',
  expiry: 'expires_at',
};
