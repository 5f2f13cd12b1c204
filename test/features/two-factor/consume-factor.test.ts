import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { SecondFactor } from '../../../src/features/two-factor/second-factor.js';
import { verifyFactor, type VerifiedFactor } from '../../../src/features/two-factor/verify-factor.js';
import { noAuthority, verifiedAccount } from '../../../src/rules/authority.js';
import { transaction } from '../../../src/rules/transaction.js';
import { accountId, eventsDuring } from '../security-event/events.js';
import { query } from '../../support/database.js';
import { newUser } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { ruleContext } from '../../support/rule-context.js';
import { newTwoFactorUser, type TwoFactorUser } from '../../support/two-factor.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

const factorsOf = async ({ app, backupCodes }: TwoFactorUser): Promise<SecondFactor[]> => [
  { kind: 'TOTP', code: await app.nextCode() },
  { kind: 'BACKUP_CODE', code: backupCodes[0]! },
];

interface Verified {
  readonly factor: VerifiedFactor;
  /** The account when the factor was verified. */
  readonly account: { readonly id: string; readonly authVersion: number };
}

async function verify({ username }: TwoFactorUser, factor: SecondFactor): Promise<Verified> {
  const [account] = await query<Verified['account']>(
    postern.database,
    'select id, auth_version as "authVersion" from accounts where username = ?',
    [username],
  );
  const outcome = await verifyFactor(ruleContext(postern), { id: account!.id }, factor);
  if (typeof outcome === 'string') throw new Error(`the factor is ${outcome}`);
  return { factor: outcome, account: account! };
}

class Overtaken extends Error {}

const refuse = (): never => {
  throw new Overtaken();
};

const consume = async ({ factor, account }: Verified) => {
  try {
    return await transaction(ruleContext(postern), verifiedAccount(account, refuse), (context) =>
      factor.consume(context, null),
    );
  } catch (error) {
    if (error instanceof Overtaken) return false;
    throw error;
  }
};

test('consumes a factor only once when it was verified twice (R-26, R-38)', async () => {
  const user = await newTwoFactorUser(postern);
  for (const factor of await factorsOf(user)) {
    const [one, other] = [await verify(user, factor), await verify(user, factor)];
    expect([await consume(one), await consume(other)]).toEqual([true, false]);
  }
});

test('rejects a verified factor if the account has changed, and doesn’t consume it (R-11)', async () => {
  const user = await newTwoFactorUser(postern);
  for (const factor of await factorsOf(user)) {
    const verified = await verify(user, factor);
    await query(postern.database, 'update accounts set auth_version = auth_version + 1 where username = ?', [
      user.username,
    ]);
    const events = await eventsDuring(postern.database, async () => expect(await consume(verified)).toBe(false));
    expect(events).toEqual([]);
    // Nothing was consumed, so the factor verifies again.
    expect(await consume(await verify(user, factor))).toBe(true);
  }
});

test('restores a consumed factor if the transaction fails (R-38)', async () => {
  const user = await newTwoFactorUser(postern);
  for (const factor of await factorsOf(user)) {
    const verified = await verify(user, factor);
    await expect(
      transaction(ruleContext(postern), noAuthority, async (context) => {
        expect(await verified.factor.consume(context, null)).toBe(true);
        throw new Error('a fault on purpose');
      }),
    ).rejects.toThrow('a fault on purpose');
    expect(await consume(verified)).toBe(true);
  }
});

test('rejects every factor for an account without a second factor (R-9)', async () => {
  const { username } = await newUser(postern);
  const id = await accountId(postern.database, username);
  for (const factor of [
    { kind: 'TOTP', code: '123456' },
    { kind: 'BACKUP_CODE', code: '7-K3QF-0V1M-1TB4-W8PC' },
  ] as const) {
    expect(await verifyFactor(ruleContext(postern), { id }, factor)).toBe('WRONG');
  }
});
