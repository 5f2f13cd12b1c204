import { select } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { refuse } from '../../rules/refuse.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { passwordPolicy, type AttemptOutcome, type Bucket } from '../attempt/attempt-policy.js';
import { bucketLimit, rejectWhileLocked } from '../attempt/bucket-limit.js';
import { passwordBuckets } from '../attempt/buckets.js';
import { withAttempts, type AttemptLimit } from '../attempt/with-attempt.js';

/** A password to verify, and the limits that count the attempt. */
export interface PasswordCheck {
  /** The PHC string to compare with; null if there is no account or no password. */
  readonly phc: string | null;
  readonly password: string;
  /** The first is taken first. */
  readonly limits: readonly AttemptLimit<true>[];
  /** Whether to compute one hash even if a limit is locked, so that timing doesn't reveal the lock. */
  readonly hidesLock?: boolean;
}

/**
 * Verifies a password and counts the attempt. Passwords must not be verified in any other way.
 *
 * @returns LOCKED if the first limit allowed no attempt
 * @throws {HashingOverloadedError} after refunding the attempt
 */
export async function verifyPassword(
  context: RuleContext,
  { phc, password, limits, hidesLock = false }: PasswordCheck,
): Promise<AttemptOutcome<true>> {
  const { passwords } = context;
  let hashes = 0;
  const outcome = await withAttempts(context, limits, async () => {
    hashes += 1;
    return (await passwords.verify(phc, password)) || 'WRONG';
  });
  if (hidesLock && hashes === 0) await passwords.verify(null, password);
  return outcome;
}

const passwordHash = select('password_hash_of_account', (db, { accountId }: { accountId: string }) =>
  db.selectFrom('accounts').where('id', '=', accountId).select('password_hash as phc'),
);

/**
 * Verifies the viewer's password. Failures count in a bucket of the session, which no other client can lock
 * . Refuses with INCORRECT_PASSWORD at the given field.
 *
 * @returns the hash that matched, for a compare-and-set
 * @throws {RateLimitedError} after too many wrong passwords
 */
export async function verifyOwnPassword(
  context: RuleContext,
  { accountId, sessionId }: SessionViewer,
  password: string,
  field: string,
): Promise<string> {
  const [account] = await passwordHash(context.reader, { accountId });
  const bucket: Bucket = { bucket: passwordBuckets.session(sessionId), policy: passwordPolicy, accountId };
  const phc = account?.phc ?? null;
  const outcome = await verifyPassword(context, { phc, password, limits: [bucketLimit(bucket)] });
  if (outcome === 'LOCKED') await rejectWhileLocked(context, bucket);
  if (outcome !== true || phc === null) refuse('INCORRECT_PASSWORD', field);
  return phc;
}
