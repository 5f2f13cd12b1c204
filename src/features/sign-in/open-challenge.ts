import { minutes } from '../../duration.js';
import { hashToken, newToken } from '../../crypto/token.js';
import { newId } from '../../database/connection/id.js';
import { keepPasswordNote } from '../password/password-note.js';
import type { RuleContext } from '../../rules/context.js';
import { recordEvent } from '../security-event/record-event.js';
import type { Factor } from '../session/session.entity.js';
import type { AccountForSignIn } from './find-account-for-sign-in.js';
import type { LoginWish } from './login-wish.js';
import { SecondFactorChallengeEntity } from './second-factor-challenge.entity.js';

/** How long a challenge lives, and how many an account has open at once; the oldest make way. */
const CHALLENGE_LIFETIME_MS = minutes(5);
const OPEN_CHALLENGES = 5;

/** A challenge as its client gets it: its value is known only now. */
export interface OpenedChallenge {
  readonly challenge: string;
  readonly factors: readonly Factor[];
  readonly expiresAt: Date;
}

/**
 * Opens the challenge to pass the second factor, and keeps what is to be noted of the password: it is no session and
 * tells nothing of the person.
 */
export async function openChallenge(
  context: RuleContext,
  account: AccountForSignIn,
  wish: LoginWish,
  note: string | null,
): Promise<OpenedChallenge> {
  const { now, caller } = context;
  const challenge = newToken('secondFactorChallenge');
  const expiresAt = new Date(now.getTime() + CHALLENGE_LIFETIME_MS);
  await context.em.transactional(async (em) => {
    const older = await em.find(
      SecondFactorChallengeEntity,
      { account: account.id },
      {
        fields: ['id'],
        orderBy: { id: 'desc' },
        offset: OPEN_CHALLENGES - 1,
        disableIdentityMap: true,
      },
    );
    await em.nativeDelete(SecondFactorChallengeEntity, { id: { $in: older.map(({ id }) => id) } });
    await em.insert(SecondFactorChallengeEntity, {
      id: newId(now),
      account: account.id,
      tokenHash: hashToken(challenge),
      authVersion: account.authVersion,
      rememberMe: wish.rememberMe,
      delivery: wish.delivery,
      createdAt: now,
      expiresAt,
      ip: caller.ip,
      userAgent: caller.userAgent,
    });
    await keepPasswordNote(em, account, note);
    await recordEvent(em, context, { type: 'LOGIN_CHALLENGED', accountId: account.id });
  });
  return { challenge, factors: ['TOTP', 'BACKUP_CODE'], expiresAt };
}
