import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { hours, minutes } from '../../src/duration.js';
import { fromGlobalId } from '../../src/rules/global-id.js';
import { loginAs } from '../features/sign-in/login-as.js';
import type { Client } from '../support/client.js';
import { query } from '../support/database.js';
import { newUser, newUsername } from '../support/users.js';
import { startPostern, type TestPostern } from '../support/postern.js';

/** On the embedded database. */
let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern({ PASSWORD_MIN_LENGTH: '10', CALL_KEYS_PER_USER: '1' });
});
afterAll(() => postern.close());

const speaking = (client: Client, language: string): Client => {
  client.headers['accept-language'] = language;
  return client;
};

const loginMessage = async (client: Client): Promise<string | undefined> =>
  (await loginAs(client, { login: newUsername(), password: 'wrong' })).data.login!.userErrors[0]?.message;

test('returns user errors in the language that the request prefers', async () => {
  expect(await loginMessage(speaking(postern.client(), 'zh-CN,en;q=0.8'))).toBe('用户名或密码错误。');
  expect(await loginMessage(speaking(postern.client(), 'en-GB,zh;q=0.8'))).toBe('Incorrect username or password.');
});

test('returns user errors in English when the request asks for no supported language', async () => {
  expect(await loginMessage(speaking(postern.client(), 'tlh'))).toBe('Incorrect username or password.');
  expect(await loginMessage(postern.client())).toBe('Incorrect username or password.');
});

test('returns user errors in the account’s language when the request asks for none', async () => {
  const { client } = await newUser(postern);
  await client.send('mutation { setLocale(input: { locale: ZH }) { userErrors { code } } }');
  const { data } = await client.send(
    'mutation { revokeSession(input: { sessionId: "session_none" }) { userErrors { code message } } }',
  );
  expect(data['revokeSession'].userErrors).toEqual([{ code: 'NOT_FOUND', message: '内容不存在或已删除。' }]);
});

test.each([
  ['en', 'Sign in to continue.'],
  ['zh', '请先登录。'],
])('returns top-level errors in the language of the request (%s)', async (language, message) => {
  const { errors } = await speaking(postern.client(), language).send('mutation { resetApiToken { token } }');
  expect(errors).toMatchObject([{ message, extensions: { code: 'UNAUTHENTICATED' } }]);
});

test('rejects an unknown bearer token in the language of the request', async () => {
  const client = speaking(postern.client(), 'zh');
  client.token = 'pss_unknown';
  expect(await client.send('{ me { id } }')).toMatchObject({ status: 401, errors: [{ message: '请先登录。' }] });
});

test.each([
  ['en', 'Use at least 10 characters.'],
  ['zh', '密码至少需要 10 个字符。'],
])('says how long a password must be, according to the settings (%s)', async (language, message) => {
  const { data } = await speaking(postern.client(), language).send(
    `mutation { register(input: { username: "${newUsername()}", password: "Nine-char", confirmPassword: "Nine-char" }) { userErrors { code message } } }`,
  );
  expect(data['register'].userErrors).toEqual([{ code: 'PASSWORD_TOO_SHORT', message }]);
});

test.each([
  ['en', 'You can change your username once every 24 hours. Try again in 5 hours.'],
  ['zh', '用户名每 24 小时只能更改一次，请在 5 小时后重试。'],
])('says when the user can change their username again (%s)', async (language, message) => {
  const { client, id } = await newUser(postern);
  const changedAt = new Date(postern.clock.read().getTime() - hours(19) - minutes(1));
  await query(postern.database, 'update accounts set username_changed_at = ? where id = ?', [
    changedAt,
    fromGlobalId('User', id),
  ]);
  const { data } = await speaking(client, language).send(
    `mutation { changeUsername(input: { username: "${newUsername()}" }) { userErrors { code message } } }`,
  );
  expect(data['changeUsername'].userErrors).toEqual([{ code: 'USERNAME_CHANGED_RECENTLY', message }]);
});

test('says how many call keys a user may have', async () => {
  const { client } = await newUser(postern);
  const create = async () =>
    (await client.send('mutation { createCallKey(input: { name: "one" }) { userErrors { message } } }')).data[
      'createCallKey'
    ].userErrors;
  expect(await create()).toEqual([]);
  expect(await create()).toEqual([{ message: 'You’ve reached the limit of 1 key. Delete one to create another.' }]);
});
