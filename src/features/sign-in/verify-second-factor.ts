import { sql } from 'kysely';
import type { AccountStatus } from '../account/account.entity.js';
import type { Locale } from '../../text/locale.js';
import type { Role } from '../../rules/role.js';
import { HashingOverloaded } from '../../crypto/password-hash.js';
import { hashToken, isToken } from '../../crypto/token.js';
import type { EntityManager } from '../../database/connection/database.js';
import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import type { IssuedSession } from '../session/issue-session.js';
import { findKnownDevice } from '../session/known-device.js';
import type { SessionDelivery } from '../../rules/viewer.js';
import { findTwoFactorOfAccounts } from '../two-factor/find-two-factor.js';
import { proveSecondFactor } from '../two-factor/prove-second-factor.js';
import type { SecondFactor } from '../two-factor/second-factor.js';
import { useUpFactor } from '../two-factor/use-up-factor.js';
import { refuse } from '../../rules/refuse.js';
import type { Former } from './login.js';
import { SecondFactorChallengeEntity } from './second-factor-challenge.entity.js';
import { signIn } from './sign-in.js';

/** Looks at a factor that one challenge allows. */
const CHALLENGE_ATTEMPTS = 5;

/** What a person sends with the second step of a sign-in. */
export interface SecondStep {
  readonly challenge: string;
  readonly factor: SecondFactor;
}

/** Who signed in, and the session that the first step asked for. */
export interface PassedSecondFactor {
  readonly account: PaidChallenge;
  readonly session: IssuedSession;
  readonly delivery: SessionDelivery;
  readonly backupCodesLeft: number;
}

/**
 * Signs in with the challenge that a right password gave, and one second factor. A challenge that is unknown, expired,
 * used, tried too often, or older than a change of the account is refused as a wrong code is. Challenge and
 * factor are used up in the transaction that opens the session.
 */
export async function verifySecondFactor(
  context: RuleContext,
  former: Former,
  { challenge, factor }: SecondStep,
): Promise<PassedSecondFactor> {
  const account = isToken('secondFactorChallenge', challenge) ? await payForChallenge(context, challenge) : undefined;
  if (!account) return refuse('INVALID_CREDENTIALS');
  const proven = await proveSecondFactor(context, account, factor).catch((error: unknown) =>
    giveBack(context, account, error),
  );
  if (typeof proven === 'string') return refuse('INVALID_CREDENTIALS');
  const session = await signIn(context, {
    account,
    factors: ['PASSWORD', proven.kind],
    rememberMe: account.rememberMe,
    delivery: account.delivery,
    former: former.viewer,
    deviceId: await findKnownDevice(context.reader, former.deviceToken, account),
    alongside: async (em) => (await useUpChallenge(em, account)) && useUpFactor(em, context, proven, null),
  });
  const [left] = await findTwoFactorOfAccounts(context.reader, { accountIds: [account.id] });
  return { account, session, delivery: account.delivery, backupCodesLeft: left?.backupCodesLeft ?? 0 };
}

/** A challenge that has a look at a factor left, and the account behind it. */
interface PaidChallenge {
  readonly id: string;
  readonly username: string;
  readonly role: Role;
  readonly status: AccountStatus;
  readonly createdAt: Date;
  readonly email: string | null;
  readonly locale: Locale;
  readonly authVersion: number;
  readonly challengeId: string;
  readonly rememberMe: boolean;
  readonly delivery: SessionDelivery;
}

/**
 * Pays for one look before it is taken, in one statement that finds nothing where the challenge does not hold.
 */
function payForChallenge({ em, now }: RuleContext, challenge: string): Promise<PaidChallenge | undefined> {
  return em
    .getKysely<Tables>()
    .updateTable('second_factor_challenges as challenge')
    .from('accounts')
    .set({ attempts: sql<number>`challenge.attempts + 1` })
    .where('challenge.token_hash', '=', hashToken(challenge))
    .where('challenge.expires_at', '>', now)
    .where('challenge.attempts', '<', CHALLENGE_ATTEMPTS)
    .whereRef('accounts.id', '=', 'challenge.account_id')
    .whereRef('accounts.auth_version', '=', 'challenge.auth_version')
    .where('accounts.status', '!=', 'DELETED')
    .returning([
      'accounts.id',
      'accounts.username',
      'accounts.role',
      'accounts.status',
      'accounts.created_at as createdAt',
      'accounts.email',
      'accounts.locale',
      'accounts.auth_version as authVersion',
      'challenge.id as challengeId',
      'challenge.remember_me as rememberMe',
      'challenge.delivery',
    ])
    .executeTakeFirst();
}

const useUpChallenge = async (em: EntityManager, { challengeId }: PaidChallenge): Promise<boolean> =>
  (await em.nativeDelete(SecondFactorChallengeEntity, { id: challengeId })) === 1;

/** An overloaded server has not looked, and gives back what was paid for the look. */
async function giveBack({ em }: RuleContext, { challengeId }: PaidChallenge, error: unknown): Promise<never> {
  if (error instanceof HashingOverloaded) {
    await em
      .getKysely<Tables>()
      .updateTable('second_factor_challenges')
      .set({ attempts: sql<number>`attempts - 1` })
      .where('id', '=', challengeId)
      .execute();
  }
  throw error;
}
