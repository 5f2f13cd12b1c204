import { minutes } from '../../duration.js';
import { hashToken, newToken } from '../../crypto/token.js';
import { newId } from '../../database/connection/id.js';
import type { Tables } from '../../database/read/select.js';
import { verifiedAccount } from '../../rules/authority.js';
import type { RuleContext } from '../../rules/context.js';
import { refuse } from '../../rules/refuse.js';
import { transaction } from '../../rules/transaction.js';
import { storeWeakPasswordFlag } from '../password/weak-password-flag.js';
import { recordEvent } from '../security-event/record-event.js';
import type { Factor } from '../session/session.entity.js';
import type { AccountForSignIn } from './find-account-for-sign-in.js';
import type { LoginRequest } from './login-request.js';
import { SecondFactorChallengeEntity } from './second-factor-challenge.entity.js';
import type { Sweep } from '../../database/sweep/sweep.js';

/** How long a challenge lives, and how many an account has open; the oldest make way. */
const CHALLENGE_LIFETIME_MS = minutes(5);
const OPEN_CHALLENGES = 5;

/** A challenge as its client gets it: its value is known only now. */
export interface OpenedChallenge {
  readonly challenge: string;
  readonly factors: readonly Factor[];
  readonly expiresAt: Date;
}

/** Opens the challenge to pass the second factor. It is no session and tells nothing of the user. */
export async function openChallenge(
  context: RuleContext,
  account: AccountForSignIn,
  { rememberMe, delivery }: LoginRequest,
  note: string | null,
): Promise<OpenedChallenge> {
  const { now, caller, secondFactors } = context;
  const challenge = newToken('secondFactorChallenge');
  const expiresAt = new Date(now.getTime() + CHALLENGE_LIFETIME_MS);
  const authority = verifiedAccount(account, () => refuse('INVALID_CREDENTIALS'), ['ACTIVE', 'DISABLED']);
  await transaction(context, authority, async (context) => {
    await makeRoom(context, account.id);
    await context.em.insert(SecondFactorChallengeEntity, {
      id: newId(now),
      account: account.id,
      tokenHash: hashToken(challenge),
      authVersion: account.authVersion,
      rememberMe,
      delivery,
      createdAt: now,
      expiresAt,
      ip: caller.ip,
      userAgent: caller.userAgent,
    });
    await storeWeakPasswordFlag(context, account, note);
    await recordEvent(context, { type: 'LOGIN_CHALLENGED', accountId: account.id });
  });
  return { challenge, factors: secondFactors.map(({ kind }) => kind), expiresAt };
}

/** Ends the oldest challenges, so that with one more the account has no more than the limit. */
async function makeRoom({ em }: RuleContext, accountId: string): Promise<void> {
  await em
    .getKysely<Tables>()
    .deleteFrom('second_factor_challenges')
    .where('id', 'in', (challenges) =>
      challenges
        .selectFrom('second_factor_challenges')
        .select('id')
        .where('account_id', '=', accountId)
        .orderBy('id', 'desc')
        .offset(OPEN_CHALLENGES - 1),
    )
    .execute();
}

/** Challenges that can't be passed any more. */
export const expiredChallenges: Sweep = {
  name: 'challenges',
  table: 'second_factor_challenges',
  key: 'id',
  expiry: 'expires_at',
};
