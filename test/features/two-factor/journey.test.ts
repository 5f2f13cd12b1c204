import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { whoAmI } from '../sign-in/login-as.js';
import { newUser, signIn } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import {
  confirmIdentity,
  confirmTwoFactor,
  disableTwoFactor,
  enableTwoFactor,
  myTwoFactor,
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

test('turns the second factor on, uses it, replaces it and turns it off (R-9, R-30, R-33, R-38)', async () => {
  const user = await newUser(postern);
  const phone = await scan(postern, user.client);
  const { data } = await confirmTwoFactor(user.client, await phone.code());
  const [backupCode] = data.confirmTwoFactor!.backupCodes!;

  // The next day, the password is not enough without a code.
  postern.clock.advance({ days: 1 });
  expect(await whoAmI(await signIn(postern, user))).toBeNull();
  const desk = await signInWithFactor(postern, user, { totpCode: await phone.code() });
  expect(await whoAmI(desk)).toBe(user.username);

  // The phone is lost: a backup code signs in, and that session can enrol a new phone.
  postern.clock.advance({ hours: 2 });
  const home = await signInWithFactor(postern, user, { backupCode: backupCode! });
  expect(await myTwoFactor(home)).toMatchObject({ enabled: true, backupCodesLeft: 9 });
  const newPhone = await scan(postern, home, { password: user.password });

  // Until the new phone is confirmed, only the old one works.
  postern.clock.advance({ seconds: 30 });
  const challenge = await openChallenge(postern.client(), user);
  expect(await verifySecondFactor(postern.client(), challenge, { totpCode: await newPhone.code() })).toBeRefusedWith([
    'INVALID_CREDENTIALS',
  ]);
  expect(await verifySecondFactor(postern.client(), challenge, { totpCode: await phone.code() })).toSucceed();
  expect((await confirmTwoFactor(home, await newPhone.code())).data.confirmTwoFactor!.backupCodes).toHaveLength(10);
  expect(await whoAmI(desk)).toBeNull();
  const later = await openChallenge(postern.client(), user);
  expect(await verifySecondFactor(postern.client(), later, { totpCode: await phone.nextCode() })).toBeRefusedWith([
    'INVALID_CREDENTIALS',
  ]);
  expect(await verifySecondFactor(postern.client(), later, { totpCode: await newPhone.code() })).toSucceed();

  // Sensitive operations require both factors again after a while.
  postern.clock.advance({ minutes: 11 });
  expect(await enableTwoFactor(home)).toFailWith('STEP_UP_REQUIRED');
  expect(await confirmIdentity(home, user.password)).toBeRefusedWith(['SECOND_FACTOR_REQUIRED', 'factor']);
  expect(await confirmIdentity(home, user.password, { totpCode: await newPhone.code() })).toSucceed();
  const factor = { totpCode: await newPhone.nextCode() };
  expect(await enableTwoFactor(home, { password: user.password, factor })).toSucceed();

  // Once it is off, the password signs in as on the first day.
  expect(await disableTwoFactor(home, { totpCode: await newPhone.nextCode() })).toSucceed();
  expect(await whoAmI(await signIn(postern, user))).toBe(user.username);
});
