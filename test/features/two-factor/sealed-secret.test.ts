import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newMasterKey } from '../../../src/crypto/key-ring.js';
import { accountId, eventsDuring } from '../security-event/events.js';
import { stored } from '../sign-in/stored.js';
import { query } from '../../support/database.js';
import { startPostern, testSettings, type TestPostern } from '../../support/postern.js';
import { startBeside } from '../../support/start-beside.js';
import {
  disableTwoFactor,
  myTwoFactor,
  newTwoFactorUser,
  openChallenge,
  scanReplacement,
  verifySecondFactor,
  type Authenticator,
  type TwoFactorUser,
} from '../../support/two-factor.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

const key = testSettings.ENCRYPTION_KEYS;

const sealedOf = async ({ username }: TwoFactorUser): Promise<string> => {
  const [row] = await query<{ sealed: string }>(
    postern.database,
    'select secret_ciphertext as sealed from two_factors where account_id = ?',
    [await accountId(postern.database, username)],
  );
  return row!.sealed;
};
const seal = async ({ username }: TwoFactorUser, sealed: string) =>
  query(postern.database, 'update two_factors set secret_ciphertext = ? where account_id = ?', [
    sealed,
    await accountId(postern.database, username),
  ]);

/** Fails unless the user's second factor is rejected with an event and stays on. */
async function expectShut(user: TwoFactorUser, app: Authenticator, at: TestPostern = postern): Promise<void> {
  const challenge = await openChallenge(at.client(), user);
  const totpCode = await app.nextCode();
  const events = await eventsDuring(postern.database, async () =>
    expect(await verifySecondFactor(at.client(), challenge, { totpCode })).toBeRefusedWith(['INVALID_CREDENTIALS']),
  );
  expect(events.filter(({ type }) => type === 'DECRYPTION_FAILED')).toHaveLength(1);
  // It is still on: the password opens a challenge instead of a session.
  expect(await openChallenge(at.client(), user)).toMatch(/^psc_/);
  expect(await myTwoFactor(user.client)).toMatchObject({ enabled: true });
  await query(postern.database, 'delete from attempts');
}

test('stores the 2FA secret only encrypted with a key from the key ring (R-91)', async () => {
  const user = await newTwoFactorUser(postern);
  expect(await sealedOf(user)).toMatch(/^v1\.test\.[\w-]{16}\.[\w-]{27}\.[\w-]{22}$/);
  expect(JSON.stringify(await stored(postern.database))).not.toContain(user.app.secret);
});

test('rejects app codes when the secret was copied from another account (R-91)', async () => {
  const [victim, attacker] = [await newTwoFactorUser(postern), await newTwoFactorUser(postern)];
  const own = await sealedOf(victim);
  await seal(victim, await sealedOf(attacker));
  await expectShut(victim, attacker.app);
  await expectShut(victim, victim.app);
  await seal(victim, own);
  expect(
    await verifySecondFactor(postern.client(), await openChallenge(postern.client(), victim), {
      totpCode: await victim.app.nextCode(),
    }),
  ).toSucceed();
});

test('rejects app codes when the pending secret was copied over the active one (R-91)', async () => {
  const user = await newTwoFactorUser(postern);
  await scanReplacement(postern, user);
  await query(
    postern.database,
    'update two_factors set secret_ciphertext = pending.secret_ciphertext from two_factor_enrolments pending where pending.account_id = two_factors.account_id and two_factors.account_id = ?',
    [await accountId(postern.database, user.username)],
  );
  await expectShut(user, user.app);
});

test.each([
  [
    'a flipped bit',
    (sealed: string) =>
      sealed.replace(/\.(.)([\w-]{26})\./, (_, first: string, rest: string) => `.${first === 'A' ? 'B' : 'A'}${rest}.`),
  ],
  ['a shortened tag', (sealed: string) => sealed.slice(0, -6)],
  ['an unknown key', (sealed: string) => sealed.replace('v1.test.', 'v1.other.')],
  ['nothing', () => ''],
] as const)('rejects a 2FA secret with %s, and never treats 2FA as off (R-91)', async (_, spoil) => {
  const user = await newTwoFactorUser(postern);
  const sealed = await sealedOf(user);
  const spoilt = spoil(sealed);
  expect(spoilt).not.toBe(sealed);
  await seal(user, spoilt);
  await expectShut(user, user.app);
  expect(await disableTwoFactor(user.client, { totpCode: await user.app.nextCode() })).toBeRefusedWith([
    'INVALID_CODE',
    'factor',
  ]);
  // The backup codes do not depend on the key.
  expect(
    await verifySecondFactor(postern.client(), await openChallenge(postern.client(), user), {
      backupCode: user.backupCodes[0]!,
    }),
  ).toSucceed();
});

test('rejects app codes without the secret’s key, and accepts them with it as an older key (R-91, R-92)', async () => {
  const user = await newTwoFactorUser(postern);
  const newer = newMasterKey(new Date());
  const without = await startBeside(postern, { ENCRYPTION_KEYS: newer });
  const withBoth = await startBeside(postern, { ENCRYPTION_KEYS: `${newer},${key}` });
  try {
    await expectShut(user, user.app, without);
    expect(
      await verifySecondFactor(withBoth.client(), await openChallenge(withBoth.client(), user), {
        totpCode: await user.app.nextCode(),
      }),
    ).toSucceed();
  } finally {
    await without.close();
    await withBoth.close();
  }
});
