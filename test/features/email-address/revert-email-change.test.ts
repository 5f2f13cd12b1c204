import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { loginAs } from '../sign-in/login-as.js';
import type { Client } from '../../support/client.js';
import { query } from '../../support/database.js';
import { graphql } from '../../support/generated/gql.js';
import { codeIn, type MailServer, tokenIn } from '../../support/mail-server.js';
import {
  addPasskey,
  loginOptions,
  loginWithPasskey,
  pageOrigin,
  registerPasskey,
  registrationOptions,
} from '../../support/passkeys.js';
import { SoftwareAuthenticator } from '../../support/software-authenticator.js';
import { markTwoFactorOn } from '../../support/two-factor.js';
import { bindAddress, goodPassword, newAddress, newUser, signIn, type TestUser } from '../../support/users.js';
import type { TestPostern } from '../../support/postern.js';
import { startPosternWithMail } from '../../support/postern-with-mail.js';

const RevertEmailChange = graphql(`
  mutation RevertEmailChange($input: RevertEmailChangeInput!) { revertEmailChange(input: $input) { passwordResetToken userErrors { code field message } } }
`);

let mail: MailServer;
let postern: TestPostern;
beforeAll(async () => {
  ({ mail, postern } = await startPosternWithMail());
});
afterAll(() => postern.close());

const revert = (token: string) => postern.client().send(RevertEmailChange, { input: { token } });
const isSignedIn = async (client: Client) =>
  ((await client.copy().send('{ me { id } }')).data?.['me'] ?? null) !== null;
const addressOf = async ({ username }: TestUser) =>
  (
    await query<{ email: string | null }>(postern.database, 'select email from accounts where username = ?', [username])
  )[0]!.email;

/** Binds several addresses in turn. @returns the token that each replaced address received */
async function bindOneAfterTheOther(user: TestUser, addresses: readonly string[]): Promise<string[]> {
  for (const address of addresses) await bindAddress(postern, mail, user, address);
  return Promise.all(addresses.slice(0, -1).map(async (address) => tokenIn(await mail.mailTo(address, 2))));
}

test('notifies the old email address, and keeps it until the new one is confirmed (R-51)', async () => {
  const [user, previous, next] = [await newUser(postern), newAddress(), newAddress()];
  await bindAddress(postern, mail, user, previous);
  postern.clock.advance({ minutes: 1 });
  await user.client.send(
    'mutation ($input: SendVerificationCodeInput!) { sendVerificationCode(input: $input) { userErrors { code } } }',
    { input: { email: next } },
  );
  const code = codeIn(await mail.mailTo(next));
  expect(await addressOf(user)).toBe(previous);
  await user.client.send('mutation ($input: BindEmailInput!) { bindEmail(input: $input) { userErrors { code } } }', {
    input: { email: next, code },
  });
  const { subject, text } = await mail.mailTo(previous, 2);
  expect(subject).toBe('Your email address was changed');
  expect(text).toContain('u…@mail.example');
  expect(text).not.toContain(next);
  expect(text).toMatch(/^http:\/\/localhost:4000\/revert-email-change#pse_\w{49}$/m);
});

test('signs in with no passkey from before the change until a password is set (D-9)', async () => {
  const [user, previous] = [await newUser(postern), newAddress()];
  await bindAddress(postern, mail, user, previous);
  const { authenticator } = await addPasskey(user);
  await bindAddress(postern, mail, user, newAddress());
  const hasLink = ({ text }: { readonly text: string }) => text.includes('pse_');
  await mail.until(() => mail.to(previous).some(hasLink));
  expect(await revert(tokenIn(mail.to(previous).find(hasLink)!))).toSucceed();
  const client = postern.client();
  const answer = authenticator.answer(await loginOptions(client));
  expect(await loginWithPasskey(client, answer)).toBeRefusedWith(['INVALID_CREDENTIALS']);
});

test('removes a passkey that was added after the change that it undoes, and keeps older ones (D-9)', async () => {
  const [user, previous, next] = [await addPasskey(await newUser(postern)), newAddress(), newAddress()];
  const [token] = await bindOneAfterTheOther(user, [previous, next]);
  const intruder = new SoftwareAuthenticator(pageOrigin);
  const proof = { password: user.password, factor: { backupCode: user.backupCodes[0]! } };
  postern.clock.advance({ seconds: 1 });
  await registerPasskey(user.client, intruder.register(await registrationOptions(user.client, proof)), 'Intruder');
  expect(await revert(token!)).toSucceed();
  const names = await query(
    postern.database,
    'select name from passkeys join accounts on accounts.id = account_id where username = ?',
    [user.username],
  );
  expect(names).toEqual([{ name: 'Passkey' }]);
  const options = await loginOptions(postern.client());
  expect(await loginWithPasskey(postern.client(), intruder.answer(options))).toBeRefusedWith(['INVALID_CREDENTIALS']);
});

test('turns off the app that was turned on after the change that it undoes (D-9)', async () => {
  const [user, previous, next] = [await newUser(postern), newAddress(), newAddress()];
  const [token] = await bindOneAfterTheOther(user, [previous, next]);
  postern.clock.advance({ seconds: 1 });
  await markTwoFactorOn(postern.database, user.username);
  await query(
    postern.database,
    'update two_factors set enabled_at = ? where account_id = (select id from accounts where username = ?)',
    [postern.clock.read(), user.username],
  );
  expect(await revert(token!)).toSucceed();
  const left = await query(
    postern.database,
    'select 1 from two_factors join accounts on accounts.id = account_id where username = ?',
    [user.username],
  );
  expect(left).toEqual([]);
});

test('restores the old email address once, revokes all sessions and allows a new password (R-51)', async () => {
  const [user, previous, next] = [await newUser(postern), newAddress(), newAddress()];
  const [token] = await bindOneAfterTheOther(user, [previous, next]);
  const attacker = await signIn(postern, user);
  const answer = await revert(token!);
  expect(answer).toSucceed();
  expect(await addressOf(user)).toBe(previous);
  for (const client of [attacker, user.client]) expect(await isSignedIn(client)).toBe(false);
  const newPassword = 'Louder-Lantern-88';
  const reset = await postern
    .client()
    .send('mutation ($input: ResetPasswordInput!) { resetPassword(input: $input) { userErrors { code } } }', {
      input: { token: answer.data.revertEmailChange!.passwordResetToken, newPassword, confirmPassword: newPassword },
    });
  expect(reset).toSucceed();
  expect((await loginAs(postern.client(), { login: previous, password: newPassword })).data.login!.user!.username).toBe(
    user.username,
  );
  expect(await revert(token!)).toBeRefusedWith(['INVALID_TOKEN', 'token']);
  expect(await addressOf(user)).toBe(previous);
});

test('restores the oldest email address with the earliest link, and invalidates later links (R-51)', async () => {
  const [user, addresses] = [await newUser(postern), [newAddress(), newAddress(), newAddress()]];
  const [first, second] = await bindOneAfterTheOther(user, addresses);
  expect(await revert(first!)).toSucceed();
  expect(await addressOf(user)).toBe(addresses[0]);
  expect(await revert(second!)).toBeRefusedWith(['INVALID_TOKEN', 'token']);
});

test('keeps an earlier link to undo an email change valid when a later one is used (R-51)', async () => {
  const [user, addresses] = [await newUser(postern), [newAddress(), newAddress(), newAddress()]];
  const [first, second] = await bindOneAfterTheOther(user, addresses);
  expect(await revert(second!)).toSucceed();
  expect(await addressOf(user)).toBe(addresses[1]);
  expect(await revert(first!)).toSucceed();
  expect(await addressOf(user)).toBe(addresses[0]);
});

test('reserves the old email address for 72 hours, then frees it and rejects the link (R-51)', async () => {
  const [user, other, previous] = [await newUser(postern), await newUser(postern), newAddress()];
  const [token] = await bindOneAfterTheOther(user, [previous, newAddress()]);
  await other.client.send(
    'mutation ($input: SendVerificationCodeInput!) { sendVerificationCode(input: $input) { userErrors { code } } }',
    { input: { email: previous } },
  );
  expect((await mail.mailTo(previous, 3)).subject).toBe('Someone tried to use your email address');
  postern.clock.advance({ hours: 72 });
  expect(await revert(token!)).toBeRefusedWith(['INVALID_TOKEN', 'token']);
  const again = await newUser(postern);
  await bindAddress(postern, mail, again, previous);
  expect(await addressOf(again)).toBe(previous);
});

test('keeps a released email address reserved, even from an account with a code for it (R-51)', async () => {
  const [user, other, previous] = [await newUser(postern), await newUser(postern), newAddress()];
  await other.client.send(
    'mutation ($input: SendVerificationCodeInput!) { sendVerificationCode(input: $input) { userErrors { code } } }',
    { input: { email: previous } },
  );
  const code = codeIn(await mail.mailTo(previous));
  await bindAddress(postern, mail, user, previous);
  await bindAddress(postern, mail, user, newAddress());
  const answer = await other.client.send(
    'mutation ($input: BindEmailInput!) { bindEmail(input: $input) { userErrors { code field } } }',
    { input: { email: previous, code } },
  );
  expect(answer).toBeRefusedWith(['INVALID_CODE', 'code']);
  expect(await addressOf(other)).toBeNull();
});

test('invalidates later links when the user binds the old email address again (R-51)', async () => {
  const [user, own, strange, unknownDevice] = [await newUser(postern), newAddress(), newAddress(), newAddress()];
  const [first, second] = await bindOneAfterTheOther(user, [own, strange, unknownDevice]);
  await bindAddress(postern, mail, user, own);
  expect(await revert(second!)).toBeRefusedWith(['INVALID_TOKEN', 'token']);
  await bindAddress(postern, mail, await newUser(postern), newAddress());
  expect(mail.to(unknownDevice).map(tokenIn).filter(Boolean)).toEqual([]);
  expect(await addressOf(user)).toBe(own);
  expect(await revert(first!)).toSucceed();
  expect(await addressOf(user)).toBe(own);
});

test('rejects the old password after an email change is undone (R-51)', async () => {
  const [user, previous] = [await newUser(postern), newAddress()];
  const [token] = await bindOneAfterTheOther(user, [previous, newAddress()]);
  const { passwordResetToken } = (await revert(token!)).data.revertEmailChange!;
  for (const login of [user.username, previous])
    expect(await loginAs(postern.client(), { login, password: goodPassword })).toBeRefusedWith(['INVALID_CREDENTIALS']);
  const newPassword = 'Louder-Lantern-88';
  const reset = await postern
    .client()
    .send('mutation ($input: ResetPasswordInput!) { resetPassword(input: $input) { userErrors { code } } }', {
      input: { token: passwordResetToken, newPassword, confirmPassword: newPassword },
    });
  expect(reset).toSucceed();
});

test('rejects other, empty and made-up tokens as a link to undo an email change (R-42)', async () => {
  const [user, previous, next] = [await newUser(postern, 'BEARER'), newAddress(), newAddress()];
  await bindOneAfterTheOther(user, [previous, next]);
  await postern
    .client()
    .send(
      'mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { userErrors { code } } }',
      { input: { email: next } },
    );
  const reset = tokenIn(await mail.mailTo(next, 2));
  for (const token of ['', 'null', `pse_${'0'.repeat(49)}`, reset, user.client.token!])
    expect(await revert(token)).toBeRefusedWith(['INVALID_TOKEN', 'token']);
  expect(await addressOf(user)).toBe(next);
});
