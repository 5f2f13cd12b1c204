import { sql } from 'kysely';
import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { recordEvent } from '../security-event/record-event.js';
import type { AttemptPolicy, Bucket } from './attempt-policy.js';
import { RateLimitedError } from './rate-limits.js';
import type { AttemptLimit } from './with-attempt.js';

/** Limits attempts in a bucket, which locks for increasing times by its policy. Each lock is recorded as one event. */
export const bucketLimit = ({ bucket, policy, accountId }: Bucket): AttemptLimit<true> => ({
  take: async (context) => {
    const taken = await take(context, bucket, policy);
    if (taken?.isLocked) {
      await recordEvent(context, { type: 'ATTEMPTS_LOCKED', outcome: 'REFUSED', accountId, actorId: null });
    }
    return taken && true;
  },
  refund: async ({ em }) => {
    await em
      .getKysely<Tables>()
      .updateTable('attempts')
      .set({ failures: sql<number>`failures - 1`, locked_until: null })
      .where('bucket', '=', bucket)
      .where('failures', '>', 0)
      .execute();
  },
  clear: (context) => clearAttempts(context, bucket),
});

/** Clears the failures of a bucket. */
export async function clearAttempts({ em }: Pick<RuleContext, 'em'>, bucket: string): Promise<void> {
  await em.getKysely<Tables>().deleteFrom('attempts').where('bucket', '=', bucket).execute();
}

/**
 * Rejects an attempt at a locked bucket with the seconds until it unlocks, or the longest lock if it is frozen. Only
 * for callers who may know about the lock.
 *
 * @throws {RateLimitedError}
 */
export async function rejectWhileLocked({ em, now }: RuleContext, { bucket, policy }: Bucket): Promise<never> {
  const row = await em
    .getKysely<Tables>()
    .selectFrom('attempts')
    .select(sql<number | null>`ceil(extract(epoch from locked_until - ${now}::timestamptz))::int`.as('seconds'))
    .where('bucket', '=', bucket)
    .executeTakeFirst();
  throw new RateLimitedError(row?.seconds && row.seconds > 0 ? row.seconds : policy.maximumLockSeconds);
}

type Sql<Value> = ReturnType<typeof sql<Value>>;

/** Counts a failure in one atomic statement; null if the bucket is locked or frozen. */
async function take(
  { em, now }: RuleContext,
  bucket: string,
  policy: AttemptPolicy,
): Promise<{ isLocked: boolean } | null> {
  const failures = sql<number>`case when attempts.forgotten_at <= ${now} then 1 else attempts.failures + 1 end`;
  const lockedUntil = getLockEnd(failures, policy, now);
  const taken = await em
    .getKysely<Tables>()
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
          sql<boolean>`(attempts.locked_until is null or attempts.locked_until <= ${now}) and attempts.failures < ${policy.freezeAfter}`,
        ),
    )
    .returning(sql<boolean>`locked_until is not null`.as('isLocked'))
    .executeTakeFirst();
  return taken ?? null;
}

/** When the lock after this many consecutive failures ends; null if they don't lock. */
const getLockEnd = (
  failures: Sql<number>,
  { firstLockAfter, lockEvery, firstLockSeconds, maximumLockSeconds }: AttemptPolicy,
  now: Date,
) => sql<Date | null>`
  case when (${failures}) >= ${firstLockAfter}::int and ((${failures}) - ${firstLockAfter}::int) % ${lockEvery}::int = 0
    then ${now}::timestamptz + make_interval(secs => least(${firstLockSeconds} * power(2, ((${failures}) - ${firstLockAfter}::int) / ${lockEvery}::int), ${maximumLockSeconds}))
  end`;

const forgottenAt = (from: Sql<Date>, { forgetAfterSeconds }: AttemptPolicy) =>
  sql<Date | null>`${from}::timestamptz + make_interval(secs => ${forgetAfterSeconds}::int)`;
