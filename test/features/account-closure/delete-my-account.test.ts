import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { days } from '../../../src/duration.js';
import { newAccessToken, ownerOf } from '../../support/access-tokens.js';
import type { Client } from '../../support/client.js';
import { query } from '../../support/database.js';
import { newIdentityToken } from '../../support/identity-tokens.js';
import type { MailServer } from '../../support/mail-server.js';
import { addPasskey, confirmationOptions, newPasskeyUser } from '../../support/passkeys.js';
import type { TestPostern } from '../../support/postern.js';
import { startPosternWithMail } from '../../support/postern-with-mail.js';
import { newService, type TestService } from '../../support/services.js';
import { newTrustingUser } from '../../support/trusted-browsers.js';
import { newTwoFactorUser, signInWithFactor } from '../../support/two-factor.js';
import { bindAddress, goodPassword, newAddress, newUser, signIn } from '../../support/users.js';
import { act } from '../administration/actions.js';
import { newUserOfRole } from '../administration/administrators.js';
import { newApiToken } from '../api-token/own-token.js';
import { newCallKeyOf } from '../call-key/own-keys.js';
import { accountId, eventsDuring } from '../security-event/events.js';
import { sessionTokenOf } from '../service-auth/credentials.js';
import { loginAs, whoAmI } from '../sign-in/login-as.js';
import { stored } from '../sign-in/stored.js';
import { newGateway } from '../usage/gateway.js';
import { deleteMyAccount, linksTo, linkTo, stateOf } from './closure.js';

let postern: TestPostern;
let mail: MailServer;
beforeAll(async () => {
  ({ postern, mail } = await startPosternWithMail({ TRUSTED_BROWSER_DAYS: '30', IDENTITY_AUDIENCES: 'console' }));
});
afterAll(() => postern.close());

const refusalOf = async (gateway: Client, key: string) =>
  (await gateway.send('query ($key: String!) { verifyCallKey(key: $key) { refusal } }', { key })).data['verifyCallKey']
    .refusal as string | null;

/** Whether introspection (RFC 7662) finds a credential valid. */
async function isActive(service: TestService, token: string): Promise<boolean> {
  const response = await fetch(`${postern.url}/oauth/introspect`, {
    method: 'POST',
    headers: { authorization: `Bearer ${service.token}` },
    body: new URLSearchParams({ token }),
  });
  return ((await response.json()) as { active: boolean }).active;
}

/** Asserts that an account is as it was, apart from attempts and events. */
async function expectUnchanged(user: { client: Client; username: string }): Promise<void> {
  expect(await stateOf(postern, user)).toEqual({ status: 'ACTIVE', links: 0, deleted_at: null });
  expect(await whoAmI(user.client)).toBe(user.username);
}

test('deletes the account and ends every session and token at the next call (R-137)', async () => {
  const user = await newUser(postern);
  const other = await signIn(postern, user, 'BEARER');
  const [apiToken, { token }] = [await newApiToken(user.client), await newAccessToken(user.client)];
  const identity = await newIdentityToken(user.client);
  const service = await newService(postern, ['CREDENTIALS']);
  const [session, browser] = [sessionTokenOf(other), user.client.copy()];
  for (const credential of [session, apiToken, token, identity]) expect(await isActive(service, credential)).toBe(true);
  const before = postern.clock.read().getTime();

  const answer = await deleteMyAccount(user.client);
  expect(answer).toSucceed();
  expect(Date.parse(answer.data.deleteMyAccount!.erasedAt!)).toBeGreaterThanOrEqual(before + days(30));
  expect(Date.parse(answer.data.deleteMyAccount!.erasedAt!)).toBeLessThan(before + days(30) + 60_000);
  expect(user.client.cookies.get('postern_session') ?? '').toBe('');
  for (const credential of [session, apiToken, token, identity])
    expect(await isActive(service, credential)).toBe(false);
  expect(await whoAmI(browser)).toBeNull();
  expect(await other.send('{ me { id } }')).toFailWith('UNAUTHENTICATED');
  for (const program of [apiToken, token]) expect(await ownerOf(postern, program)).toBeNull();
  expect(await loginAs(postern.client(), { login: user.username, password: goodPassword })).toBeRefusedWith([
    'INVALID_CREDENTIALS',
  ]);
  expect((await stateOf(postern, user)).status).toBe('DELETED');
});

test('refuses call keys with OWNER_DISABLED until an administrator restores the account (R-137)', async () => {
  const user = await newUser(postern);
  const [gateway, { key }] = [await newGateway(postern), await newCallKeyOf(user.client)];
  expect(await deleteMyAccount(user.client)).toSucceed();
  expect(await refusalOf(gateway, key)).toBe('OWNER_DISABLED');
  const admin = (await newUserOfRole(postern, 'ADMIN')).client;
  expect((await act(admin, 'restoreUser', { userId: user.id })).data['restoreUser'].user.status).toBe('ACTIVE');
  expect(await refusalOf(gateway, key)).toBeNull();
});

test('brings back passkeys, and neither sessions, tokens nor trusted browsers (R-137)', async () => {
  const user = await addPasskey(await newUser(postern));
  const [apiToken, { token }] = [await newApiToken(user.client), await newAccessToken(user.client)];
  const options = await confirmationOptions(user.client);
  expect(await deleteMyAccount(user.client, { factor: { passkey: user.authenticator.answer(options) } })).toSucceed();
  const admin = (await newUserOfRole(postern, 'ADMIN')).client;
  expect(await act(admin, 'restoreUser', { userId: user.id })).toSucceed();
  for (const program of [apiToken, token]) expect(await ownerOf(postern, program)).toBeNull();
  expect(await whoAmI(user.client)).toBeNull();
  const again = await signInWithFactor(postern, user, { backupCode: user.backupCodes[0]! });
  const { data } = await again.send('{ me { passkeys { name } apiToken { hint } accessTokens { status } } }');
  expect(data['me']).toMatchObject({ passkeys: [{ name: 'Passkey' }], apiToken: null });
});

test('ends a trusted browser for good (R-137)', async () => {
  const user = await newTrustingUser(postern);
  const proof = { password: goodPassword, factor: { totpCode: await user.app.nextCode() } };
  expect(await deleteMyAccount(user.client, proof)).toSucceed();
  await act((await newUserOfRole(postern, 'ADMIN')).client, 'restoreUser', { userId: user.id });
  const { data } = await loginAs(user.browser.copy(), { login: user.username, password: goodPassword });
  expect(data.login!.secondFactor).not.toBeNull();
  expect(data.login!.session).toBeNull();
});

test('requires the password, and changes nothing without the right one', async () => {
  const user = await newUser(postern);
  expect(await deleteMyAccount(user.client, {})).toBeRefusedWith(['PASSWORD_REQUIRED', 'password']);
  expect(await deleteMyAccount(user.client, { password: 'Wrong-Harbour-71' })).toBeRefusedWith([
    'INCORRECT_PASSWORD',
    'password',
  ]);
  await expectUnchanged(user);
});

test('requires a factor while one is on, also after a sign-in with a backup code (R-137)', async () => {
  const user = await newTwoFactorUser(postern);
  const client = await signInWithFactor(postern, user, { backupCode: user.backupCodes[0]! });
  for (const each of [user.client, client]) {
    expect(await deleteMyAccount(each)).toBeRefusedWith(['SECOND_FACTOR_REQUIRED', 'factor']);
    expect(await deleteMyAccount(each, {})).toBeRefusedWith(
      ['PASSWORD_REQUIRED', 'password'],
      ['SECOND_FACTOR_REQUIRED', 'factor'],
    );
    expect(
      await deleteMyAccount(each, { password: goodPassword, factor: { totpCode: await user.app.wrongCode() } }),
    ).toBeRefusedWith(['INVALID_CODE', 'factor']);
  }
  await expectUnchanged({ ...user, client });
  const factor = { totpCode: await user.app.nextCode() };
  expect(await deleteMyAccount(client, { factor })).toBeRefusedWith(['PASSWORD_REQUIRED', 'password']);
  expect(await deleteMyAccount(client, { password: goodPassword, factor })).toSucceed();
});

test('accepts a passkey with user verification alone, and none without it (D-2)', async () => {
  const user = await newPasskeyUser(postern);
  const unverified = user.authenticator.answer(await confirmationOptions(user.client), (state) => {
    state.userVerified = false;
  });
  expect(await deleteMyAccount(user.client, { factor: { passkey: unverified } })).toBeRefusedWith([
    'INVALID_CODE',
    'factor',
  ]);
  await expectUnchanged(user);
  const verified = user.authenticator.answer(await confirmationOptions(user.client));
  expect(await deleteMyAccount(user.client, { factor: { passkey: verified } })).toSucceed();
});

test('counts wrong passwords, and locks the session after ten', async () => {
  const user = await newUser(postern);
  for (let attempt = 0; attempt < 10; attempt += 1)
    expect(await deleteMyAccount(user.client, { password: 'Wrong-Harbour-71' })).toBeRefusedWith([
      'INCORRECT_PASSWORD',
      'password',
    ]);
  expect(await deleteMyAccount(user.client)).toFailWith('RATE_LIMITED');
  await expectUnchanged(user);
});

test('refuses the last ROOT who can sign in, and deletes another one (R-72)', async () => {
  const [first, second] = [await newUserOfRole(postern, 'ROOT'), await newUserOfRole(postern, 'ROOT')];
  expect(await deleteMyAccount(first.client)).toSucceed();
  const before = await stored(postern.database);
  expect(await deleteMyAccount(second.client)).toBeRefusedWith(['LAST_ROOT']);
  expect((await stored(postern.database))['accounts']).toEqual(before['accounts']);
  await expectUnchanged(second);
});

test('fails for a closed step-up window, and for a program', async () => {
  const user = await newUser(postern);
  const program = Object.assign(postern.client(), { token: await newApiToken(user.client) });
  expect(await deleteMyAccount(program)).toFailWith('FORBIDDEN');
  await query(
    postern.database,
    "update sessions set stepped_up_at = stepped_up_at - interval '1 day' where account_id = (select id from accounts where username = ?)",
    [user.username],
  );
  expect(await deleteMyAccount(user.client)).toFailWith('STEP_UP_REQUIRED');
  expect(await deleteMyAccount(postern.client())).toFailWith('UNAUTHENTICATED');
  await expectUnchanged(user);
});

test('mails the link to the bound address, with the date and no other secret (R-99)', async () => {
  const [user, address] = [await newUser(postern), newAddress()];
  await bindAddress(postern, mail, user, address);
  const { data } = await deleteMyAccount(user.client);
  const token = await linkTo(mail, address);
  const { subject, text, html } = mail.to(address).at(-1)!;
  expect(subject).toBe('Your account was deleted');
  expect(text).toContain(
    new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' }).format(
      new Date(data.deleteMyAccount!.erasedAt!),
    ),
  );
  expect(text).toContain('127.0.0.1');
  expect(html).toContain(`href="http://localhost:4000/restore-account#${token}"`);
  expect(JSON.stringify(await query(postern.database, 'select * from account_deletion_links'))).not.toContain(token);
});

test('mails the link in Chinese to a user with that language', async () => {
  const [user, address] = [await newUser(postern), newAddress()];
  await bindAddress(postern, mail, user, address);
  await user.client.send('mutation { setLocale(input: { locale: ZH }) { userErrors { code } } }');
  await deleteMyAccount(user.client);
  await linkTo(mail, address);
  expect(mail.to(address).at(-1)!.subject).toBe('您的账号已删除');
});

test('mails another link to every address whose change can still be undone (R-51)', async () => {
  const [user, expired, previous, bound] = [await newUser(postern), newAddress(), newAddress(), newAddress()];
  await bindAddress(postern, mail, user, expired);
  await bindAddress(postern, mail, user, previous);
  await query(postern.database, 'update email_changes set expires_at = ? where former_email = ?', [
    postern.clock.read(),
    expired,
  ]);
  await bindAddress(postern, mail, user, bound);
  expect(await deleteMyAccount(user.client)).toSucceed();
  expect(await linkTo(mail, bound)).not.toBe(await linkTo(mail, previous));
  expect(linksTo(mail, expired)).toEqual([]);
});

test('deletes an account without an address, to which no link leads (R-137)', async () => {
  const user = await newUser(postern);
  const account = await accountId(postern.database, user.username);
  const events = await eventsDuring(postern.database, () => deleteMyAccount(user.client));
  expect(events).toMatchObject([{ type: 'SESSION_REVOKED' }, { type: 'DELETION_REQUESTED', account_id: account }]);
  expect(await stateOf(postern, user)).toMatchObject({ status: 'DELETED', links: 0 });
});
