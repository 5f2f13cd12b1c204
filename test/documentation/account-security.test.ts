import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newApiToken, program, resetToken, viewToken } from '../features/api-token/own-token.js';
import { loginAs } from '../features/sign-in/login-as.js';
import type { Client } from '../support/client.js';
import { codeIn, type MailServer, tokenIn } from '../support/mail-server.js';
import { goodPassword, newAddress, newUser, type TestUser } from '../support/users.js';
import type { TestPostern } from '../support/postern.js';
import { startPosternWithMail } from '../support/postern-with-mail.js';
import {
  Authenticator,
  confirmIdentity,
  confirmTwoFactor,
  disableTwoFactor,
  enableTwoFactor,
  myTwoFactor,
  openChallenge,
  scan,
  verifySecondFactor,
} from '../support/two-factor.js';

/** The product's documentation page, carried out over GraphQL by one user, in its order. */
let mail: MailServer;
let postern: TestPostern;
let user: TestUser;
let app: Authenticator;
let backupCodes: readonly string[];
const address = newAddress();
const newPassword = 'Louder-Lantern-88';

beforeAll(async () => {
  ({ mail, postern } = await startPosternWithMail());
  user = await newUser(postern);
});
afterAll(() => postern.close());

const input = (mutation: string, fields = '') =>
  `mutation ($input: ${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input!) { ${mutation}(input: $input) { ${fields} userErrors { code field message } } }`;
const me = async (client: Client, fields: string) =>
  (await client.send(`{ me { ${fields} } }`)).data['me'] as Record<string, unknown>;

test('“Change your username”: signs in with the new name', async () => {
  const username = `${user.username}-renamed`;
  expect(await user.client.send(input('changeUsername'), { input: { username } })).toSucceed();
  user = { ...user, username };
  expect(
    (await loginAs(postern.client(), { login: username, password: goodPassword })).data.login!.user!.username,
  ).toBe(username);
});

test('“Bind Email”: binds the address when the emailed code is entered', async () => {
  expect(await me(user.client, 'email')).toEqual({ email: null });
  expect(await user.client.send(input('sendVerificationCode'), { input: { email: address } })).toSucceed();
  const code = codeIn(await mail.mailTo(address));
  expect(await user.client.send(input('bindEmail', 'user { email }'), { input: { email: address, code } })).toSucceed();
  expect(await me(user.client, 'email')).toEqual({ email: address });
});

test('“Change Password”: requires 8 characters, shows the advice, and signs in with the new password', async () => {
  const { data } = await postern.client().send('{ policy { passwordMinLength passwordAdvice } }');
  expect(data['policy'].passwordMinLength).toBe(8);
  for (const advice of ['uppercase and lowercase', 'numbers', 'special characters', 'reusing passwords'])
    expect(data['policy'].passwordAdvice).toContain(advice);
  const change = (newOne: string) =>
    user.client.send(input('changePassword'), {
      input: { currentPassword: goodPassword, newPassword: newOne, confirmPassword: newOne },
    });
  expect(await change('Seven-7')).toBeRefusedWith(['PASSWORD_TOO_SHORT', 'newPassword']);
  expect(await change(newPassword)).toSucceed();
  user = { ...user, password: newPassword };
  expect(
    (await loginAs(postern.client(), { login: user.username, password: newPassword })).data.login!.session,
  ).not.toBeNull();
});

test('“Binding an email enables … system notification delivery”: emails that the password changed', async () => {
  await mail.until(() => mail.to(address).some(({ subject }) => subject === 'Your password was changed'));
});

test('“Enable 2FA”: shows a QR code, confirms with a 6-digit code, shows backup codes only once', async () => {
  const { data } = await enableTwoFactor(user.client);
  const { qrCode, otpauthUri, secret } = data.enableTwoFactor!.enrolment!;
  expect(qrCode).toMatch(/^data:image\/svg\+xml/);
  expect(otpauthUri).toMatch(/^otpauth:\/\/totp\//);
  app = new Authenticator(secret, postern.clock);
  const confirmed = await confirmTwoFactor(user.client, await app.code());
  expect(confirmed).toSucceed();
  backupCodes = confirmed.data.confirmTwoFactor!.backupCodes!;
  expect(backupCodes).toHaveLength(10);
  expect(await myTwoFactor(user.client)).toMatchObject({ enabled: true, backupCodesLeft: 10 });
  const everything = await user.client.send(
    '{ me { twoFactor { enabled enabledAt backupCodesLeft } securityEvents { edges { node { type device } } } } }',
  );
  for (const code of [...backupCodes, secret]) expect(everything.text).not.toContain(code);
});

test('“When 2FA is enabled, each login requires both your password and a one-time code”', async () => {
  const { data } = await loginAs(postern.client(), { login: user.username, password: newPassword });
  expect(data.login!.session).toBeNull();
  const client = postern.client();
  const challenge = await openChallenge(client, user);
  expect(await verifySecondFactor(client, challenge, { totpCode: await app.wrongCode() })).toBeRefusedWith([
    'INVALID_CREDENTIALS',
  ]);
  expect(await verifySecondFactor(client, challenge, { totpCode: await app.nextCode() })).toSucceed();
});

test('“… cannot get a verification code?”: signs in once with a backup code, then replaces the phone', async () => {
  const client = postern.client();
  const answer = await verifySecondFactor(client, await openChallenge(client, user, 'COOKIE'), {
    backupCode: backupCodes[0]!,
  });
  expect(answer).toSucceed();
  expect(answer.data.verifySecondFactor!.backupCodesLeft).toBe(9);
  expect(
    await verifySecondFactor(postern.client(), await openChallenge(postern.client(), user), {
      backupCode: backupCodes[0]!,
    }),
  ).toBeRefusedWith(['INVALID_CREDENTIALS']);
  const newApp = await scan(postern, client, { password: user.password });
  const replaced = await confirmTwoFactor(client, await newApp.code());
  expect(replaced).toSucceed();
  expect(
    await verifySecondFactor(postern.client(), await openChallenge(postern.client(), user), {
      totpCode: await app.nextCode(),
    }),
  ).toBeRefusedWith(['INVALID_CREDENTIALS']);
  [app, backupCodes, user] = [newApp, replaced.data.confirmTwoFactor!.backupCodes!, { ...user, client }];
});

test('“Binding an email enables password recovery”: sets a new password by email and second factor', async () => {
  expect(await postern.client().send(input('requestPasswordReset'), { input: { email: address } })).toSucceed();
  await mail.until(() => mail.to(address).some((received) => tokenIn(received) !== ''));
  const token = mail.to(address).map(tokenIn).find(Boolean)!;
  const recovered = 'Third-Thistle-99';
  const reset = { token, newPassword: recovered, confirmPassword: recovered };
  expect(await postern.client().send(input('resetPassword'), { input: reset })).toBeRefusedWith([
    'SECOND_FACTOR_REQUIRED',
    'factor',
  ]);
  expect(
    await postern
      .client()
      .send(input('resetPassword'), { input: { ...reset, factor: { totpCode: await app.nextCode() } } }),
  ).toSucceed();
  const client = postern.client();
  expect(
    await verifySecondFactor(
      client,
      await openChallenge(client, { username: address, password: recovered }, 'COOKIE'),
      { totpCode: await app.nextCode() },
    ),
  ).toSucceed();
  user = { ...user, password: recovered, client };
});

test('“Disable 2FA”: turns it off with the current code, and the password alone then signs in', async () => {
  expect(await disableTwoFactor(user.client, { totpCode: await app.nextCode() })).toSucceed();
  expect(await myTwoFactor(user.client)).toEqual({ enabled: false, enabledAt: null, backupCodesLeft: 0 });
  expect(
    (await loginAs(postern.client(), { login: user.username, password: user.password })).data.login!.session,
  ).not.toBeNull();
});

test('“API Token”: can be viewed and reset, reads account information, and isn’t an sk- key', async () => {
  expect(await confirmIdentity(user.client, user.password)).toSucceed();
  expect(await viewToken(user.client)).toBeRefusedWith(['API_TOKEN_NOT_SET']);
  const token = await newApiToken(user.client);
  expect(token).toMatch(/^pat_/);
  expect((await viewToken(user.client)).data.viewApiToken!.token).toBe(token);
  expect((await program(postern, token).send('{ me { username email } }')).data['me']).toEqual({
    username: user.username,
    email: address,
  });
  expect(
    await program(postern, token).send(input('changeUsername'), { input: { username: 'somebody-else' } }),
  ).toFailWith('FORBIDDEN');
  expect(await resetToken(user.client)).toSucceed();
  expect(await program(postern, token).send('{ me { username } }')).toFailWith('UNAUTHENTICATED');
});
