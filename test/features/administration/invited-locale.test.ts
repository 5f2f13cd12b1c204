import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client } from '../../support/client.js';
import { query } from '../../support/database.js';
import { type MailServer, tokenIn } from '../../support/mail-server.js';
import type { TestPostern } from '../../support/postern.js';
import { startPosternWithMail } from '../../support/postern-with-mail.js';
import { goodPassword, newAddress, newUsername, type TestUser } from '../../support/users.js';
import { loginAs } from '../sign-in/login-as.js';
import { act } from './actions.js';
import { accountOf, newUserOfRole } from './administrators.js';

let mail: MailServer;
let postern: TestPostern;
/** An administrator whose browser asks for Chinese. */
let admin: TestUser;
beforeAll(async () => {
  ({ mail, postern } = await startPosternWithMail());
  admin = await newUserOfRole(postern, 'ADMIN');
  admin.client.headers['accept-language'] = 'zh-CN';
});
afterAll(() => postern.close());

const localeOf = async (username: string) => (await accountOf(postern, { username }))['locale'];

const setPassword = (token: string, language: string) =>
  new Client(postern.url, { 'accept-language': language }).send(
    'mutation ($input: ResetPasswordInput!) { resetPassword(input: $input) { userErrors { code } } }',
    { input: { token, newPassword: goodPassword, confirmPassword: goodPassword } },
  );

/** Creates an account without an address. Returns the token of its password link. */
async function createUser(username: string): Promise<string> {
  const { data } = await act(admin.client, 'createUser', { username });
  return new URL(data['createUser'].passwordLink as string).hash.slice(1);
}

test('sends an invitation in the administrator’s language, and later emails in the user’s', async () => {
  const [username, email] = [newUsername(), newAddress()];
  const created = await act(admin.client, 'createUser', { username, email });
  expect(created).toSucceed();
  expect(await localeOf(username)).toBeNull();
  const { data } = await admin.client.send('query ($id: ID!) { user(id: $id) { locale } }', {
    id: created.data['createUser'].user.id,
  });
  expect(data['user']).toEqual({ locale: null });
  const invitation = await mail.mailTo(email);
  expect(invitation.subject).toBe('您的新账号');
  expect(await setPassword(tokenIn(invitation), 'en-GB')).toSucceed();
  expect(await localeOf(username)).toBe('EN');
  expect((await mail.mailTo(email, 2)).text).toContain(`Hello ${username}`);
});

test('sets the language of a user who has none at the first sign-in, and keeps it afterwards', async () => {
  const username = newUsername();
  await setPassword(await createUser(username), 'zh');
  await query(postern.database, 'update accounts set locale = null where username = ?', [username]);
  for (const language of ['zh', 'en']) {
    const client = new Client(postern.url, { 'accept-language': language });
    await loginAs(client, { login: username, password: goodPassword });
    expect((await client.send('{ me { locale } }')).data).toEqual({ me: { locale: 'ZH' } });
  }
});
