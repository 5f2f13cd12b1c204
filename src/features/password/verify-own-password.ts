import { passwordPolicy } from '../attempt/attempt-policy.js';
import { passwordBuckets } from '../attempt/buckets.js';
import { lockedFor } from '../attempt/locked-for.js';
import { provePassword } from './password-proof.js';
import { RateLimited } from '../attempt/rate-limits.js';
import { select } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { refuse } from '../../rules/refuse.js';
import type { Viewer } from '../../rules/viewer.js';

const passwordHash = select('password_hash_of_account', (db, { accountId }: { accountId: string }) =>
  db.selectFrom('accounts').where('id', '=', accountId).select('password_hash as phc'),
);

/**
 * Proves that the person at a session knows the password. Failures count in a place of the person's own sessions, so
 * that strangers cannot keep them from it.
 *
 * @returns the hash that the password was compared with, for a compare-and-set
 * @throws {RateLimited} when too many were wrong
 */
export async function proveOwnPassword(
  context: RuleContext,
  { accountId }: Viewer,
  password: string,
  field: string,
): Promise<string> {
  const [account] = await passwordHash(context.reader, { accountId });
  const phc = account?.phc ?? null;
  const bucket = passwordBuckets.session(accountId);
  const outcome = await provePassword(context, { phc, password, bucket, accountId, isLockTold: true });
  if (outcome === 'LOCKED') throw new RateLimited(await lockedFor(context, bucket, passwordPolicy));
  if (outcome === 'WRONG' || phc === null) refuse('INCORRECT_PASSWORD', field);
  return phc;
}
