import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { whoAmI } from '../sign-in/login-as.js';
import { stored } from '../sign-in/stored.js';
import { goodPassword, newUser, signIn } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import {
  confirmIdentity,
  confirmTwoFactor,
  disableTwoFactor,
  myTwoFactor,
  newTwoFactorUser,
  openChallenge,
  scan,
  signInWithFactor,
  verifySecondFactor,
} from '../../support/two-factor.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

const off = { enabled: false, enabledAt: null, backupCodesLeft: 0 };

test.each(['TOTP', 'BACKUP_CODE'] as const)(
  'turns two-factor authentication off with one %s within the step-up window (R-33, R-34)',
  async (kind) => {
    const user = await newTwoFactorUser(postern);
    const answer = await disableTwoFactor(
      user.client,
      kind === 'TOTP' ? { totpCode: await user.app.nextCode() } : { backupCode: user.backupCodes[4]! },
    );
    expect(answer).toSucceed();
    expect(answer.data.disableTwoFactor!.user!.twoFactor).toEqual(off);
    expect(await myTwoFactor(user.client)).toEqual(off);
    expect(await whoAmI(await signIn(postern, user))).toBe(user.username);
    const { twoFactors, backupCodes, enrolments } = await stored(postern.database);
    expect([twoFactors, backupCodes, enrolments]).toEqual([[], [], []]);
  },
);

test('revokes other sessions and challenges when 2FA is disabled, and replaces the token (R-34)', async () => {
  const user = await newTwoFactorUser(postern);
  const other = await signInWithFactor(postern, user, { totpCode: await user.app.nextCode() });
  const attacker = user.client.copy();
  const challenge = await openChallenge(postern.client(), user);
  expect(await disableTwoFactor(user.client, { totpCode: await user.app.nextCode() })).toSucceed();
  expect([await whoAmI(other), await whoAmI(attacker), await whoAmI(user.client)]).toEqual([null, null, user.username]);
  expect(await verifySecondFactor(postern.client(), challenge, { backupCode: user.backupCodes[0]! })).toBeRefusedWith([
    'INVALID_CREDENTIALS',
  ]);
});

test('requires the password to disable 2FA after step-up, and doesn’t consume the code (R-33)', async () => {
  const user = await newTwoFactorUser(postern);
  postern.clock.advance({ minutes: 11 });
  const code = await user.app.code();
  const { sessions: _, ...before } = await stored(postern.database);
  expect(await disableTwoFactor(user.client, { totpCode: code })).toBeRefusedWith(['PASSWORD_REQUIRED', 'password']);
  expect(await disableTwoFactor(user.client, { totpCode: code }, 'wrong')).toBeRefusedWith([
    'INCORRECT_PASSWORD',
    'password',
  ]);
  expect(await stored(postern.database)).toMatchObject(before);
  // The code was not verified, so it is still valid.
  expect(await disableTwoFactor(user.client, { totpCode: code }, goodPassword)).toSucceed();
});

test('requires a valid factor to disable 2FA even within the step-up window (R-33)', async () => {
  const user = await newTwoFactorUser(postern);
  const before = await stored(postern.database);
  for (const factor of [
    { totpCode: await user.app.wrongCode() },
    { totpCode: await user.app.code() },
    { totpCode: '' },
    { backupCode: '' },
    { backupCode: '7-K3QF-0V1M-1TB4-W8PC' },
  ]) {
    expect(await disableTwoFactor(user.client, factor)).toBeRefusedWith(['INVALID_CODE', 'factor']);
  }
  expect(await disableTwoFactor(user.client, { totpCode: await user.app.nextCode() }, 'wrong')).toBeRefusedWith([
    'INCORRECT_PASSWORD',
    'password',
  ]);
  expect(await stored(postern.database)).toEqual(before);
});

test('rejects disabling 2FA for an account without it (R-33)', async () => {
  const { client } = await newUser(postern);
  expect(await disableTwoFactor(client, { totpCode: '123456' })).toBeRefusedWith(['TWO_FACTOR_NOT_ENABLED']);
});

test('rejects disabling 2FA by an anonymous caller and a caller with only a challenge (R-33)', async () => {
  const user = await newTwoFactorUser(postern);
  expect(await disableTwoFactor(postern.client(), { totpCode: await user.app.nextCode() }, goodPassword)).toFailWith(
    'UNAUTHENTICATED',
  );
  const client = postern.client();
  client.token = await openChallenge(postern.client(), user);
  expect(await disableTwoFactor(client, { totpCode: await user.app.code() }, goodPassword)).toFailWith(
    'UNAUTHENTICATED',
  );
  expect(await myTwoFactor(user.client)).toMatchObject({ enabled: true });
});

test('creates a new secret and new codes when 2FA is enabled again, and rejects the old ones (R-34)', async () => {
  const user = await newTwoFactorUser(postern);
  await disableTwoFactor(user.client, { totpCode: await user.app.nextCode() });
  expect(await confirmIdentity(user.client, user.password)).toSucceed();
  const app = await scan(postern, user.client);
  const answer = await confirmTwoFactor(user.client, await app.code());
  expect(answer).toSucceed();
  expect(answer.data.confirmTwoFactor!.backupCodes!.filter((code) => user.backupCodes.includes(code))).toEqual([]);
  const challenge = await openChallenge(postern.client(), user);
  for (const factor of [
    { totpCode: await user.app.nextCode() },
    { backupCode: user.backupCodes[0]! },
    { backupCode: user.backupCodes[9]! },
  ]) {
    expect(await verifySecondFactor(postern.client(), challenge, factor)).toBeRefusedWith(['INVALID_CREDENTIALS']);
  }
  expect(await verifySecondFactor(postern.client(), challenge, { totpCode: await app.code() })).toSucceed();
});

test('reports the time to wait after ten wrong backup codes, without locking sign-in (R-20, R-24)', async () => {
  const user = await newTwoFactorUser(postern);
  for (let n = 0; n < 10; n += 1)
    expect(await disableTwoFactor(user.client, { backupCode: 'wrong' })).toBeRefusedWith(['INVALID_CODE', 'factor']);
  const locked = await disableTwoFactor(user.client, { backupCode: user.backupCodes[0]! });
  expect(locked).toFailWith('RATE_LIMITED');
  expect(locked.errors[0]!.extensions['retryAfterSeconds']).toBe(60);
  expect(await whoAmI(await signInWithFactor(postern, user, { backupCode: user.backupCodes[1]! }))).toBe(user.username);
});
