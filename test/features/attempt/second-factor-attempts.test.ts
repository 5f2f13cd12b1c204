import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { secondFactorPolicy } from '../../../src/features/attempt/attempt-policy.js';
import { secondFactorBucket } from '../../../src/features/attempt/buckets.js';
import { clearAttempts } from '../../../src/features/attempt/clear-attempts.js';
import { lockedFor } from '../../../src/features/attempt/locked-for.js';
import { spendAttempt } from '../../../src/features/attempt/spend-attempt.js';
import { fork } from '../../../src/database/connection/database.js';
import { newPerson } from '../../support/people.js';
import { startPostern, type TestPostern } from '../../support/postern.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

const spend = (account: string) =>
  spendAttempt(
    { em: fork(postern.database), now: postern.clock.read() },
    secondFactorBucket(account),
    secondFactorPolicy,
  );

async function fail(account: string, times: number): Promise<void> {
  for (let n = 0; n < times; n += 1) expect(await spend(account)).toMatchObject({ allowed: true });
}

test('ten failures in a row lock the second factor for a quarter of an hour, and each five more for twice as long, up to a day (R-20)', async () => {
  await fail('one', 10);
  for (const minutes of [15, 30, 60, 120, 240, 480, 960, 1_440, 1_440]) {
    expect(await spend('one')).toEqual({ allowed: false });
    expect(
      await lockedFor(
        { em: fork(postern.database), now: postern.clock.read() },
        secondFactorBucket('one'),
        secondFactorPolicy,
      ),
    ).toBe(minutes * 60);
    postern.clock.advance({ minutes });
    await fail('one', 5);
  }
});

test('a hundred failures in a row freeze it, however long one waits (R-20)', async () => {
  await fail('two', 10);
  for (let failures = 10; failures < 100; failures += 5) {
    postern.clock.advance({ days: 1 });
    await fail('two', 5);
  }
  postern.clock.advance({ days: 30 });
  expect(await spend('two')).toMatchObject({ allowed: false });
});

test('only a right second factor clears it: neither time nor a password does (R-20)', async () => {
  const person = await newPerson(postern);
  await fail(person.id, 9);
  postern.clock.advance({ days: 30 });
  await person.client.send(
    'mutation { confirmIdentity(input: { password: "Quiet-Harbour-71" }) { userErrors { code } } }',
  );
  expect(await spend(person.id)).toEqual({ allowed: true, locks: true });
  await clearAttempts(fork(postern.database), secondFactorBucket(person.id));
  expect(await spend(person.id)).toEqual({ allowed: true, locks: false });
});

test('an attempt is not paid inside of a transaction, whose roll-back would give it back (R-18)', async () => {
  await expect(
    fork(postern.database).transactional((em) => spendAttempt({ em, now: new Date() }, 'place', secondFactorPolicy)),
  ).rejects.toThrow('never inside of a transaction');
});
