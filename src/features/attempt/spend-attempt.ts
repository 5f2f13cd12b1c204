import { sql } from 'kysely';
import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import type { AttemptPolicy } from './attempt-policy.js';

/** What an attempt at a proof met: it may be looked at, or the place is locked. */
export type Spent =
  | { readonly allowed: true; /** Whether the place locks with this attempt. */ readonly locks: boolean }
  | { readonly allowed: false };

/**
 * Pays for one look at a proof, before the proof is looked at: one statement, committed on its own, so that no
 * roll-back gives a guess back and no burst gets more looks than the policy allows. A right proof clears the
 * place with `clearAttempts`.
 *
 * @throws inside a transaction, whose roll-back would give the attempt back
 */
export async function spendAttempt(
  { em, now }: Pick<RuleContext, 'em' | 'now'>,
  bucket: string,
  policy: AttemptPolicy,
): Promise<Spent> {
  if (em.isInTransaction()) throw new Error('an attempt is paid on its own, never inside of a transaction');
  const failures = sql<number>`case when attempts.forgotten_at <= ${now} then 1 else attempts.failures + 1 end`;
  const lockedUntil = lockAfter(failures, policy, now);
  const db = em.getKysely<Tables>();
  const paid = await db
    .insertInto('attempts')
    .values({
      bucket,
      failures: 1,
      locked_until: null,
      forgotten_at: forgottenAt(sql<Date>`${now}::timestamptz`, policy),
    })
    .onConflict((conflict) =>
      conflict
        .column('bucket')
        .doUpdateSet({
          failures,
          locked_until: lockedUntil,
          forgotten_at: forgottenAt(sql<Date>`coalesce(${lockedUntil}, ${now})`, policy),
        })
        .where(
          sql<boolean>`(attempts.locked_until is null or attempts.locked_until <= ${now}) and attempts.failures < ${policy.frozenAfter}`,
        ),
    )
    .returning(['locked_until as lockedUntil'])
    .executeTakeFirst();
  return paid ? { allowed: true, locks: paid.lockedUntil !== null } : { allowed: false };
}

type Sql<Value> = ReturnType<typeof sql<Value>>;

/** When the lock that this many failures in a row bring ends; null where they bring none. */
const lockAfter = (
  failures: Sql<number>,
  { firstLockAfter, thenEvery, lockSeconds, longestLockSeconds }: AttemptPolicy,
  now: Date,
) => sql<Date | null>`
  case when (${failures}) >= ${firstLockAfter}::int and ((${failures}) - ${firstLockAfter}::int) % ${thenEvery}::int = 0
    then ${now}::timestamptz + make_interval(secs => least(${lockSeconds} * power(2, ((${failures}) - ${firstLockAfter}::int) / ${thenEvery}::int), ${longestLockSeconds}))
  end`;

const forgottenAt = (from: Sql<Date>, { forgetAfterSeconds }: AttemptPolicy) =>
  sql<Date | null>`${from}::timestamptz + make_interval(secs => ${forgetAfterSeconds}::int)`;
