import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { fork } from '../../../src/database/connection/database.js';
import { proveSecondFactor, type ProvenFactor } from '../../../src/features/two-factor/prove-second-factor.js';
import type { SecondFactor } from '../../../src/features/two-factor/second-factor.js';
import { useUpFactor } from '../../../src/features/two-factor/use-up-factor.js';
import { accountId, eventsDuring } from '../security-event/events.js';
import { query } from '../../support/database.js';
import { newPerson } from '../../support/people.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { ruleContext } from '../../support/rule-context.js';
import { newTwoFactorPerson, type TwoFactorPerson } from '../../support/two-factor.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

const factorsOf = async ({ app, backupCodes }: TwoFactorPerson): Promise<SecondFactor[]> => [
  { kind: 'TOTP', code: await app.nextCode() },
  { kind: 'BACKUP_CODE', code: backupCodes[0]! },
];

async function prove({ username }: TwoFactorPerson, factor: SecondFactor): Promise<ProvenFactor> {
  const outcome = await proveSecondFactor(
    ruleContext(postern),
    { id: await accountId(postern.database, username) },
    factor,
  );
  if (typeof outcome === 'string') throw new Error(`the factor is ${outcome}`);
  return outcome;
}

const useUp = (factor: ProvenFactor) =>
  fork(postern.database).transactional((em) => useUpFactor(em, ruleContext(postern), factor, null));

test('a factor that was proven twice is used up once (R-26, R-38)', async () => {
  const person = await newTwoFactorPerson(postern);
  for (const factor of await factorsOf(person)) {
    const [one, other] = [await prove(person, factor), await prove(person, factor)];
    expect([await useUp(one), await useUp(other)]).toEqual([true, false]);
  }
});

test('what changed the account since it was proven makes it worth nothing, and it is not used up (R-11)', async () => {
  const person = await newTwoFactorPerson(postern);
  for (const factor of await factorsOf(person)) {
    const proven = await prove(person, factor);
    await query(postern.database, 'update accounts set auth_version = auth_version + 1 where username = ?', [
      person.username,
    ]);
    const events = await eventsDuring(postern.database, async () => expect(await useUp(proven)).toBe(false));
    expect(events).toEqual([]);
    // Nothing was used up: proven anew, it holds.
    expect(await useUp(await prove(person, factor))).toBe(true);
  }
});

test('a transaction that fails leaves the factor as it was (R-38)', async () => {
  const person = await newTwoFactorPerson(postern);
  for (const factor of await factorsOf(person)) {
    const proven = await prove(person, factor);
    await expect(
      fork(postern.database).transactional(async (em) => {
        await useUpFactor(em, ruleContext(postern), proven, null);
        throw new Error('a fault on purpose');
      }),
    ).rejects.toThrow('a fault on purpose');
    expect(await useUp(proven)).toBe(true);
  }
});

test('for an account without a second factor every factor is wrong (R-9)', async () => {
  const { username } = await newPerson(postern);
  const id = await accountId(postern.database, username);
  for (const factor of [
    { kind: 'TOTP', code: '123456' },
    { kind: 'BACKUP_CODE', code: '7-K3QF-0V1M-1TB4-W8PC' },
  ] as const) {
    expect(await proveSecondFactor(ruleContext(postern), { id }, factor)).toBe('WRONG');
  }
});
