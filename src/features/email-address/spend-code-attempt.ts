import { sql } from 'kysely';
import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import type { Viewer } from '../../rules/viewer.js';

/** Wrong codes after which the right one does not work any more either. */
const MOST_TRIES = 5;

/** A request whose code may be looked at once more. */
export interface TriedVerification {
  readonly id: string;
  readonly email: string;
  readonly emailKey: string;
  readonly codeHash: string | null;
}

/**
 * Pays for one look at the code of a person's live request: one statement, committed on its own, before the look
 * (R-18).
 *
 * @returns the request; null where there is none, it is over, or its tries are
 */
export async function spendCodeAttempt(
  { em, now }: RuleContext,
  { accountId, authVersion }: Viewer,
): Promise<TriedVerification | null> {
  if (em.isInTransaction()) throw new Error('an attempt is paid on its own, never inside of a transaction');
  const tried = await em
    .getKysely<Tables>()
    .updateTable('email_verifications')
    .set({ attempts: sql<number>`attempts + 1` })
    .where('account_id', '=', accountId)
    .where('auth_version', '=', authVersion)
    .where('expires_at', '>', now)
    .where('attempts', '<', MOST_TRIES)
    .returning(['id', 'email', 'email_key as emailKey', 'code_hash as codeHash'])
    .executeTakeFirst();
  return tried ?? null;
}
