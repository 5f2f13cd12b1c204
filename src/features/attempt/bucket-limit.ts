import { sql } from 'kysely';
import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { recordEvent } from '../security-event/record-event.js';
import type { AttemptPolicy, Bucket } from './attempt-policy.js';
import { kindOf } from './buckets.js';
import { RateLimitedError } from './rate-limits.js';
import type { AttemptLimit } from './with-attempt.js';

/** Limits attempts in a bucket, which locks for increasing times by its policy. Each lock is recorded as one event. */
export const bucketLimit = (bucket: Bucket): AttemptLimit<true> => ({
  ...countingLimit(bucket),
  clear: (context) => clearAttempts(context, bucket.bucket),
});

/** Like `bucketLimit`, but a correct proof only takes back its own attempt: the failures before it still count. */
export const failureLimit = (bucket: Bucket): AttemptLimit<true> => ({
  ...countingLimit(bucket),
  clear: (context) => refund(context, bucket.bucket),
});

const countingLimit = ({ bucket, policy, accountId }: Bucket) => ({
  name: kindOf(bucket),
  take: async (context: RuleContext) => {
    const taken = await take(context, bucket, policy);
    if (taken?.isLocked) {
      await recordEvent(context, { type: 'ATTEMPTS_LOCKED', outcome: 'REFUSED', accountId, actorId: null });
    }
    return taken && (true as const);
  },
  refund: (context: RuleContext) => refund(context, bucket),
});

/** Takes back one failure, and the lock that it caused. Failures that were forgotten since are no credit (R-15). */
async function refund({ em, now }: RuleContext, bucket: string): Promise<void> {
  await em
    .getKysely<Tables>()
    .updateTable('attempts')
    .set({ failures: sql<number>`failures - 1`, locked_until: null })
    .where('bucket', '=', bucket)
    .where('failures', '>', 0)
    .where(({ or, eb }) => or([eb('forgotten_at', 'is', null), eb('forgotten_at', '>', now)]))
    .execute();
}

/** Clears the failures of buckets. */
export async function clearAttempts({ em }: Pick<RuleContext, 'em'>, ...buckets: string[]): Promise<void> {
  await em.getKysely<Tables>().deleteFrom('attempts').where('bucket', 'in', buckets).execute();
}

/**
 * Rejects an attempt at a locked bucket with the seconds until it unlocks, or the longest lock if it is frozen. Only
 * for callers who may know about the lock (R-24).
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
  const isForgotten = sql<boolean>`attempts.forgotten_at <= ${now}`;
  const failures = sql<number>`case when ${isForgotten} then 1 else attempts.failures + 1 end`;
  const lockedUntil = getLockEnd(failures, policy, now);
  const keepsWindow = sql<boolean>`${policy.forgetsAfter === 'FIRST_FAILURE'} and not ${isForgotten}`;
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
          forgotten_at: sql<Date | null>`case when ${keepsWindow} and ${lockedUntil} is null then attempts.forgotten_at
            else ${forgottenAt(sql<Date>`coalesce(${lockedUntil}, ${now})`, policy)} end`,
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
