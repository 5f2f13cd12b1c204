import { minutes } from '../../duration.js';
import { sql } from 'kysely';
import { hashToken, newToken } from '../../crypto/token.js';
import { newId } from '../../database/connection/id.js';
import type { Tables } from '../../database/read/select.js';
import { networkOf } from '../../net/ip-address.js';
import { verifiedAccount } from '../../rules/authority.js';
import type { RuleContext } from '../../rules/context.js';
import { refuse } from '../../rules/refuse.js';
import { transaction } from '../../rules/transaction.js';
import { storeWeakPasswordFlag } from '../password/weak-password-flag.js';
import { openFactorOptions } from '../passkey/open-factor-options.js';
import { recordEvent } from '../security-event/record-event.js';
import type { Factor } from '../session/session.entity.js';
import { findTwoFactorOfAccounts, usableKinds } from '../two-factor/find-two-factor.js';
import type { AccountForSignIn } from './find-account-for-sign-in.js';
import type { LoginRequest } from './login-request.js';
import { SecondFactorChallengeEntity, type Challenge } from './second-factor-challenge.entity.js';
import type { SignInOrigin } from './sign-in-origin.js';
import type { Sweep } from '../../database/sweep/sweep.js';

/**
 * How long a challenge is valid, and how many an account can have at the same time from known devices and networks, and
 * from unknown ones.
 */
const CHALLENGE_LIFETIME_MS = minutes(5);
const MAXIMUM_OPEN_CHALLENGES = 5;

/** A new challenge, whose value can't be read again later. */
export interface OpenedChallenge {
  readonly challenge: string;
  readonly factors: readonly Factor[];
  /** The options for a passkey; null if the account has none. */
  readonly passkeyOptions: unknown;
  readonly expiresAt: Date;
}

/** The first step of a sign-in, whose password was correct. */
export interface FirstStep {
  readonly input: LoginRequest;
  readonly origin: SignInOrigin;
  /** The new flag of a weak password, if it changed. */
  readonly flag: string | null;
}

/** Opens a challenge for the second factor. It grants no access and contains no data about the user. */
export async function openChallenge(
  context: RuleContext,
  account: AccountForSignIn,
  { input: { rememberMe, delivery }, origin, flag }: FirstStep,
): Promise<OpenedChallenge> {
  const { now, caller } = context;
  const network = networkOf(caller.ip);
  const challenge = newToken('secondFactorChallenge');
  const expiresAt = new Date(now.getTime() + CHALLENGE_LIFETIME_MS);
  const authority = verifiedAccount(account, () => refuse('INVALID_CREDENTIALS'), ['ACTIVE', 'DISABLED']);
  const id = newId(now);
  await transaction(context, authority, async (context) => {
    await enforceChallengeLimit(context, account.id, { origin: origin.kind, network });
    await context.em.insert(SecondFactorChallengeEntity, {
      id,
      account: account.id,
      tokenHash: hashToken(challenge),
      authVersion: account.authVersion,
      rememberMe,
      delivery,
      createdAt: now,
      expiresAt,
      origin: origin.kind,
      network,
      ip: caller.ip,
      userAgent: caller.userAgent,
    });
    await storeWeakPasswordFlag(context, account, flag);
    await recordEvent(context, { type: 'LOGIN_CHALLENGED', accountId: account.id });
  });
  const [twoFactor] = await findTwoFactorOfAccounts(context.reader, { accountIds: [account.id] });
  const factors = twoFactor ? usableKinds(twoFactor) : [];
  const passkeyOptions = factors.includes('PASSKEY')
    ? await openFactorOptions(context, { ...account, proofId: id })
    : null;
  return { challenge, factors, passkeyOptions, expiresAt };
}

/**
 * Deletes challenges, to keep the account within its limit with the new one: first those of the caller's own network,
 * then the oldest. Challenges of known devices, of known networks and of others are limited separately, so that whoever
 * knows the password can't end the owner's challenge from elsewhere.
 */
async function enforceChallengeLimit(
  { em }: RuleContext,
  accountId: string,
  { origin, network }: Pick<Challenge, 'origin' | 'network'>,
): Promise<void> {
  await em
    .getKysely<Tables>()
    .deleteFrom('second_factor_challenges')
    .where('id', 'in', (challenges) =>
      challenges
        .selectFrom('second_factor_challenges')
        .select('id')
        .where('account_id', '=', accountId)
        .where('origin', '=', origin)
        .orderBy(sql`network is not distinct from ${network}::text`)
        .orderBy('id', 'desc')
        .offset(MAXIMUM_OPEN_CHALLENGES - 1),
    )
    .execute();
}

/** Deletes expired challenges. */
export const expiredChallenges: Sweep = {
  name: 'challenges',
  table: 'second_factor_challenges',
  key: 'id',
  expiry: 'expires_at',
};
