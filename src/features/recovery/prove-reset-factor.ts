import { sql } from 'kysely';
import { HashingOverloaded } from '../../crypto/password-hash.js';
import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { proveSecondFactor, type ProvenFactor } from '../two-factor/prove-second-factor.js';
import type { SecondFactor } from '../two-factor/second-factor.js';
import { refuse } from '../../rules/refuse.js';
import type { Reset } from './find-reset.js';

/** Second factors that may be tried with one reset token. */
const FACTOR_ATTEMPTS = 5;

/**
 * Looks at the second factor that comes with a reset token, after a try of the token was paid for; the account's own
 * counter of authenticator codes holds as well. After five the token is dead.
 */
export async function proveResetFactor(
  context: RuleContext,
  reset: Reset,
  factor: SecondFactor,
): Promise<ProvenFactor> {
  if (!(await payForFactor(context, reset))) refuse('INVALID_TOKEN', 'token');
  const proven = await proveSecondFactor(context, { id: reset.accountId }, factor).catch((error: unknown) =>
    giveBack(context, reset, error),
  );
  return typeof proven === 'string' ? refuse('INVALID_CODE', 'factor') : proven;
}

/** Pays for one look before it is taken, in one statement that is committed on its own. */
async function payForFactor({ em }: RuleContext, { tokenHash }: Reset): Promise<boolean> {
  const paid = await em
    .getKysely<Tables>()
    .updateTable('password_resets')
    .set({ attempts: sql<number>`attempts + 1` })
    .where('token_hash', '=', tokenHash)
    .where('attempts', '<', FACTOR_ATTEMPTS)
    .returning('attempts')
    .executeTakeFirst();
  return paid !== undefined;
}

/** An overloaded server has not looked, and gives back what was paid for the look. */
async function giveBack({ em }: RuleContext, { tokenHash }: Reset, error: unknown): Promise<never> {
  if (error instanceof HashingOverloaded) {
    await em
      .getKysely<Tables>()
      .updateTable('password_resets')
      .set({ attempts: sql<number>`attempts - 1` })
      .where('token_hash', '=', tokenHash)
      .execute();
  }
  throw error;
}
