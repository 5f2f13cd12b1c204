import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { secondFactorPolicy } from '../../../src/features/attempt/attempt-policy.js';
import { bucketLimit, clearAttempts, rejectWhileLocked } from '../../../src/features/attempt/bucket-limit.js';
import { secondFactorBucket } from '../../../src/features/attempt/buckets.js';
import { RateLimitedError } from '../../../src/features/attempt/rate-limits.js';
import { afterProof, withAttempt, withAttempts } from '../../../src/features/attempt/with-attempt.js';
import { HashingOverloadedError } from '../../../src/crypto/password-hash.js';
import { noAuthority } from '../../../src/rules/authority.js';
import { transaction } from '../../../src/rules/transaction.js';
import { query } from '../../support/database.js';
import { ruleContext } from '../../support/rule-context.js';
import { newTwoFactorUser, openChallenge, verifySecondFactor } from '../../support/two-factor.js';
import { newUser } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

const bucketOf = (account: string) => ({
  bucket: secondFactorBucket(account),
  policy: secondFactorPolicy,
  accountId: null,
});

/** A failed attempt. @returns whether it was allowed */
const attempt = async (account: string) =>
  (await withAttempt(ruleContext(postern), bucketLimit(bucketOf(account)), () => Promise.resolve('WRONG'))) === 'WRONG';

/** Whether the next attempt locks the bucket. */
const locks = async (account: string) => {
  const before = await locksRecorded();
  expect(await attempt(account)).toBe(true);
  return (await locksRecorded()) > before;
};
const locksRecorded = async () =>
  Number(
    (
      await query<{ n: string }>(
        postern.database,
        "select count(*) as n from security_events where type = 'ATTEMPTS_LOCKED'",
      )
    )[0]!.n,
  );

async function fail(account: string, times: number): Promise<void> {
  for (let n = 0; n < times; n += 1) expect(await attempt(account)).toBe(true);
}

test('locks 2FA for 15 minutes after ten failures, then twice as long every five, up to a day (R-20)', async () => {
  await fail('one', 10);
  for (const minutes of [15, 30, 60, 120, 240, 480, 960, 1_440, 1_440]) {
    expect(await attempt('one')).toBe(false);
    await expect(rejectWhileLocked(ruleContext(postern), bucketOf('one'))).rejects.toMatchObject({
      retryAfterSeconds: minutes * 60,
    });
    postern.clock.advance({ minutes });
    await fail('one', 5);
  }
});

test('keeps 2FA locked after 100 failures in a row, however long the wait (R-20)', async () => {
  await fail('two', 10);
  for (let failures = 10; failures < 100; failures += 5) {
    postern.clock.advance({ days: 1 });
    await fail('two', 5);
  }
  postern.clock.advance({ days: 30 });
  expect(await attempt('two')).toBe(false);
});

test('clears 2FA failures only for a valid second factor, not over time or for a password (R-20)', async () => {
  const user = await newUser(postern);
  await fail(user.id, 9);
  postern.clock.advance({ days: 30 });
  await user.client.send(
    'mutation { confirmIdentity(input: { password: "Quiet-Harbour-71" }) { userErrors { code } } }',
  );
  expect(await locks(user.id)).toBe(true);
  await clearAttempts(ruleContext(postern), secondFactorBucket(user.id));
  expect(await locks(user.id)).toBe(false);
});

test('rejects taking an attempt in a transaction, where a rollback would refund it (R-18)', async () => {
  const verify = jest.fn(() => Promise.resolve(true));
  await expect(
    transaction(ruleContext(postern), noAuthority, (context) =>
      withAttempt(context, bucketLimit(bucketOf('place')), verify),
    ),
  ).rejects.toThrow('outside a transaction');
  expect(verify).not.toHaveBeenCalled();
});

test('clears 2FA failures when the factor is valid (R-20)', async () => {
  await fail('three', 8);
  const bucket = bucketLimit(bucketOf('three'));
  expect(await withAttempt(ruleContext(postern), bucket, () => Promise.resolve(true as const))).toBe(true);
  await fail('three', 9);
});

test('refunds an attempt whatever fails before the proof was verified, and none after it (R-15)', async () => {
  const limits = [bucketLimit(bucketOf('outer')), bucketLimit(bucketOf('inner'))];
  const failures = () =>
    query(postern.database, 'select failures from attempts where bucket in (?, ?)', [
      secondFactorBucket('outer'),
      secondFactorBucket('inner'),
    ]);
  const context = () => ruleContext(postern);
  for (const fault of [new HashingOverloadedError(), new Error('the database is away'), new RateLimitedError(1)])
    await expect(withAttempts(context(), limits, () => Promise.reject(fault))).rejects.toBe(fault);
  expect(await failures()).toEqual([{ failures: 0 }, { failures: 0 }]);
  const later = new Error('the event was not recorded');
  const failAfterwards = () => afterProof(() => Promise.reject(later));
  await expect(withAttempts(context(), limits, failAfterwards)).rejects.toBe(later);
  expect(await failures()).toEqual([{ failures: 1 }, { failures: 1 }]);
});

test('keeps a wrong app code counted when its event can’t be recorded (R-15)', async () => {
  const user = await newTwoFactorUser(postern);
  const wrong = await user.app.wrongCode();
  const refuseEvents =
    "create or replace function fault() returns trigger language plpgsql as $$ begin raise exception 'a fault on purpose'; end $$";
  await query(postern.database, refuseEvents);
  await query(
    postern.database,
    "create trigger fault before insert on security_events for each row when (new.type = 'SECOND_FACTOR_FAILED') execute function fault()",
  );
  const challenge = await openChallenge(postern.client(), user);
  try {
    for (let n = 0; n < 2; n += 1)
      expect(await verifySecondFactor(postern.client(), challenge, { totpCode: wrong })).toFailWith(
        'INTERNAL_SERVER_ERROR',
      );
  } finally {
    await query(postern.database, 'drop trigger fault on security_events');
  }
  expect(
    await query(
      postern.database,
      'select attempts from second_factor_challenges where account_id = (select id from accounts where username = ?)',
      [user.username],
    ),
  ).toEqual([{ attempts: 2 }]);
});
