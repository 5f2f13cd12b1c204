import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { whoAmI } from '../sign-in/login-as.js';
import { stored } from '../sign-in/stored.js';
import type { RegenerateBackupCodesInput } from '../../support/generated/graphql.js';
import { goodPassword, newUser } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import {
  myTwoFactor,
  newTwoFactorUser,
  openChallenge,
  regenerateBackupCodes,
  verifySecondFactor,
} from '../../support/two-factor.js';

const regenerateWithInput =
  'mutation ($input: RegenerateBackupCodesInput!) { regenerateBackupCodes(input: $input) { backupCodes userErrors { code field } } }';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

test('creates ten new backup codes with an app code, and rejects older ones (R-33, R-39)', async () => {
  const user = await newTwoFactorUser(postern);
  await verifySecondFactor(postern.client(), await openChallenge(postern.client(), user), {
    backupCode: user.backupCodes[0]!,
  });
  expect(await myTwoFactor(user.client)).toMatchObject({ backupCodesLeft: 9 });
  const answer = await regenerateBackupCodes(user.client, await user.app.nextCode());
  expect(answer).toSucceed();
  const codes = answer.data.regenerateBackupCodes!.backupCodes!;
  expect(new Set([...codes, ...user.backupCodes]).size).toBe(20);
  expect(await myTwoFactor(user.client)).toMatchObject({ backupCodesLeft: 10 });
  for (const code of [user.backupCodes[0]!, user.backupCodes[1]!]) {
    expect(
      await verifySecondFactor(postern.client(), await openChallenge(postern.client(), user), { backupCode: code }),
    ).toBeRefusedWith(['INVALID_CREDENTIALS']);
  }
  expect(
    await verifySecondFactor(postern.client(), await openChallenge(postern.client(), user), {
      backupCode: codes[9]!,
    }),
  ).toSucceed();
});

test('keeps the current session when backup codes are replaced (R-39)', async () => {
  const user = await newTwoFactorUser(postern);
  await regenerateBackupCodes(user.client, await user.app.nextCode());
  expect(await whoAmI(user.client)).toBe(user.username);
});

test('requires the password for new backup codes after step-up, and doesn’t consume the code (R-33)', async () => {
  const user = await newTwoFactorUser(postern);
  postern.clock.advance({ minutes: 11 });
  const code = await user.app.code();
  const { sessions: _, ...before } = await stored(postern.database);
  expect(await regenerateBackupCodes(user.client, code)).toBeRefusedWith(['PASSWORD_REQUIRED', 'password']);
  expect(await regenerateBackupCodes(user.client, code, 'wrong')).toBeRefusedWith(['INCORRECT_PASSWORD', 'password']);
  expect(await stored(postern.database)).toMatchObject(before);
  expect(await regenerateBackupCodes(user.client, code, goodPassword)).toSucceed();
});

test('rejects a wrong, used or backup code for new backup codes, and keeps the old ones (R-33)', async () => {
  const user = await newTwoFactorUser(postern);
  const before = await stored(postern.database);
  for (const code of [await user.app.wrongCode(), await user.app.code(), user.backupCodes[0]!, '']) {
    expect(await regenerateBackupCodes(user.client, code)).toBeRefusedWith(['INVALID_CODE', 'code']);
  }
  expect(await stored(postern.database)).toEqual(before);
  expect(
    await verifySecondFactor(postern.client(), await openChallenge(postern.client(), user), {
      backupCode: user.backupCodes[0]!,
    }),
  ).toSucceed();
});

test('rejects new backup codes for an account without 2FA and for an anonymous caller (R-33)', async () => {
  const { client } = await newUser(postern);
  expect(await regenerateBackupCodes(client, '123456')).toBeRefusedWith(['TWO_FACTOR_NOT_ENABLED']);
  expect(await regenerateBackupCodes(postern.client(), '123456', goodPassword)).toFailWith('UNAUTHENTICATED');
});

test('requires exactly one of code and factor for new backup codes, without taking an attempt (D-2)', async () => {
  const user = await newTwoFactorUser(postern);
  const regenerate = (input: RegenerateBackupCodesInput) => user.client.send(regenerateWithInput, { input });
  const before = await stored(postern.database);
  const code = await user.app.nextCode();
  for (const input of [{}, { code, factor: { totpCode: code } }, { code: null, factor: null }])
    expect(await regenerate(input)).toBeRefusedWith(['INVALID_VALUE', 'factor']);
  expect((await stored(postern.database))['backupCodes']).toEqual(before['backupCodes']);
  expect(await regenerate({ factor: { totpCode: await user.app.wrongCode() } })).toBeRefusedWith([
    'INVALID_CODE',
    'factor',
  ]);
  expect(await regenerate({ factor: { totpCode: code } })).toSucceed();
});

test('creates new backup codes with an old one as the factor, once (R-33, R-38)', async () => {
  const user = await newTwoFactorUser(postern);
  const input = { factor: { backupCode: user.backupCodes[0]! } };
  const answer = await user.client.send(regenerateWithInput, { input });
  expect(answer).toSucceed();
  expect(await myTwoFactor(user.client)).toMatchObject({ backupCodesLeft: 10 });
  expect(await user.client.send(regenerateWithInput, { input })).toBeRefusedWith(['INVALID_CODE', 'factor']);
});
