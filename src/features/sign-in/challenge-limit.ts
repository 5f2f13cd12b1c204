import { sql } from 'kysely';
import { hashToken, isToken } from '../../crypto/token.js';
import type { Tables } from '../../database/read/select.js';
import type { Role } from '../../rules/role.js';
import type { SessionDelivery } from '../../rules/viewer.js';
import type { Locale } from '../../text/locale.js';
import type { AccountStatus } from '../account/account.entity.js';
import { refundRowAttempt } from '../attempt/refund-row-attempt.js';
import type { AttemptLimit } from '../attempt/with-attempt.js';
import { signInColumns } from './find-account-for-sign-in.js';
import type { Challenge } from './second-factor-challenge.entity.js';

/** Number of second factors that can be tried with one challenge. */
const MAXIMUM_CHALLENGE_ATTEMPTS = 5;

/** The account of a challenge that had an attempt left. */
export interface ChallengedAccount {
  readonly id: string;
  readonly username: string;
  readonly role: Role;
  readonly status: AccountStatus;
  readonly createdAt: Date;
  readonly email: string | null;
  readonly locale: Locale | null;
  readonly authVersion: number;
  readonly challengeId: string;
  /** Whether another factor can be tried after this one. */
  readonly hasAttemptsLeft: boolean;
  readonly rememberMe: boolean;
  readonly delivery: SessionDelivery;
  readonly origin: Challenge['origin'];
  /** The address that sent the password. */
  readonly ip: string | null;
}

/** Counts attempts on a challenge, in one statement that returns no row if the challenge is invalid. */
export const challengeLimit = (challenge: string): AttemptLimit<ChallengedAccount> => ({
  name: 'challenge',
  take: async ({ em, now }) => {
    if (!isToken('secondFactorChallenge', challenge)) return null;
    const taken = await em
      .getKysely<Tables>()
      .updateTable('second_factor_challenges as challenge')
      .from('accounts')
      .set({ attempts: sql<number>`challenge.attempts + 1` })
      .where('challenge.token_hash', '=', hashToken(challenge))
      .where('challenge.expires_at', '>', now)
      .where('challenge.attempts', '<', MAXIMUM_CHALLENGE_ATTEMPTS)
      .whereRef('accounts.id', '=', 'challenge.account_id')
      .whereRef('accounts.auth_version', '=', 'challenge.auth_version')
      .where('accounts.status', '!=', 'DELETED')
      .returning([
        ...signInColumns,
        'challenge.id as challengeId',
        sql<boolean>`challenge.attempts < ${MAXIMUM_CHALLENGE_ATTEMPTS}`.as('hasAttemptsLeft'),
        'challenge.remember_me as rememberMe',
        'challenge.delivery',
        'challenge.origin',
        'challenge.ip',
      ])
      .executeTakeFirst();
    return taken ?? null;
  },
  refund: (context, { challengeId }) =>
    refundRowAttempt(context, { table: 'second_factor_challenges', key: 'id', value: challengeId }),
});
