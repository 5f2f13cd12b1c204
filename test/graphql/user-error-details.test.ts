import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { days } from '../../src/duration.js';
import { userErrorMessages } from '../../src/rules/user-error-messages.js';
import { goodReason } from '../features/administration/actions.js';
import { newUserOfRole } from '../features/administration/administrators.js';
import type { Client } from '../support/client.js';
import { newAccessToken } from '../support/access-tokens.js';
import { addPasskey, addUnusablePasskeys } from '../support/passkeys.js';
import { goodPassword, newUsername } from '../support/users.js';
import { startPostern, type TestPostern } from '../support/postern.js';

let postern: TestPostern;
let admin: Client;
beforeAll(async () => {
  postern = await startPostern({ PASSWORD_MIN_LENGTH: '10', CALL_KEYS_PER_USER: '3' });
  admin = (await newUserOfRole(postern, 'ADMIN')).client;
});
afterAll(() => postern.close());

interface UserErrorSeen {
  readonly code: string;
  readonly field: string[] | null;
  readonly details: Record<string, unknown> | null;
}

/** Runs a mutation of a client, with its input in the document. @returns its user errors */
async function errorsOf(client: Client, name: string, input: Record<string, unknown>): Promise<UserErrorSeen[]> {
  const values = Object.entries(input).map(([field, value]) => `${field}: ${asLiteral(field, value)}`);
  const answer = await client.send(
    `mutation {
      ${name}(input: { ${values.join(' ')} }) { userErrors { code field details { minLength maxLength limit retryAt } } }
    }`,
  );
  expect(answer.errors).toEqual([]);
  return answer.data[name].userErrors as UserErrorSeen[];
}

const asLiteral = (field: string, value: unknown) => (field === 'role' ? String(value) : JSON.stringify(value));

/** The details of an error, with null for the numbers that don't apply. */
const details = (numbers: Record<string, unknown>) => ({
  minLength: null,
  maxLength: null,
  limit: null,
  retryAt: null,
  ...numbers,
});

/** A text of a length, and an address whose part before the @ and whose labels are as long as they may be. */
const text = (length: number) => 'q'.repeat(length);
const address = (length: number) => {
  const domain = `${text(63)}.${text(63)}.`;
  return `${text(64)}@${domain}${text(length - 65 - domain.length)}`;
};
const newAccount = (input: Record<string, unknown>) =>
  errorsOf(admin, 'createUser', { username: newUsername(), role: 'USER', reason: goodReason, ...input });
const newAccountWithPassword = (password: string) =>
  errorsOf(postern.client(), 'register', { username: newUsername(), password, confirmPassword: password });
const newCallKey = async (settings: Record<string, unknown>) =>
  errorsOf((await newUserOfRole(postern, 'USER')).client, 'createCallKey', { name: 'laptop', ...settings });

type Case = readonly [
  code: string,
  field: string,
  numbers: Record<string, number>,
  /** Sends a value of this length or amount. */
  send: (size: number) => Promise<UserErrorSeen[]>,
];

const cases: readonly Case[] = [
  [
    'PASSWORD_TOO_SHORT',
    'password',
    { minLength: 10 },
    (size) => newAccountWithPassword('Xy7#kQ2!vBn9'.slice(0, size)),
  ],
  [
    'PASSWORD_TOO_LONG',
    'password',
    { maxLength: 128 },
    (size) => newAccountWithPassword('Xy7#'.padEnd(size, 'kQ2!vB')),
  ],
  ['USERNAME_INVALID', 'username', { minLength: 3, maxLength: 32 }, (size) => newAccount({ username: text(size) })],
  ['EMAIL_INVALID', 'email', { maxLength: 254 }, (size) => newAccount({ email: address(size) })],
  ['INVALID_VALUE', 'reason', { maxLength: 500 }, (size) => newAccount({ reason: text(size) })],
  ['INVALID_VALUE', 'name', { minLength: 1, maxLength: 64 }, (size) => newCallKey({ name: text(size) })],
  ['INVALID_VALUE', 'models.0', { minLength: 1, maxLength: 128 }, (size) => newCallKey({ models: [text(size)] })],
  [
    'INVALID_VALUE',
    'models',
    { limit: 100 },
    (size) => newCallKey({ models: Array.from({ length: size }, (_, index) => `model-${index}`) }),
  ],
  [
    'INVALID_VALUE',
    'graceHours',
    { limit: 168 },
    (size) => errorsOf(admin, 'rotateCallKey', { id: 'callkey_none', graceHours: size }),
  ],
];

test.each(cases)('returns the limits of %s at %s, which are those that it enforces', async (...example) => {
  const [code, path, numbers, send] = example;
  const field = path.split('.');
  const { minLength, maxLength, limit } = numbers;
  const refused = [
    ...(minLength === undefined ? [] : [minLength - 1]),
    ...[maxLength ?? limit ?? []].flat().map((most) => most + 1),
  ];
  for (const size of refused) expect(await send(size)).toEqual([{ code, field, details: details(numbers) }]);
  for (const size of Object.values(numbers))
    expect((await send(size)).filter((error) => error.field?.join('.') === path)).toEqual([]);
});

test('returns the limit of call keys when a user has as many as they may have', async () => {
  const { client } = await newUserOfRole(postern, 'USER');
  for (const name of ['one', 'two', 'three']) expect(await errorsOf(client, 'createCallKey', { name })).toEqual([]);
  expect(await errorsOf(client, 'createCallKey', { name: 'four' })).toMatchObject([
    { code: 'CALL_KEY_LIMIT', details: details({ limit: 3 }) },
  ]);
});

test('returns the limit of passkeys when a user has as many as they may have', async () => {
  const { client, username } = await addPasskey(await newUserOfRole(postern, 'USER'));
  await addUnusablePasskeys(postern.database, username, 18);
  const start = () => errorsOf(client, 'startPasskeyRegistration', { password: goodPassword });
  expect(await start()).toMatchObject([{ code: 'SECOND_FACTOR_REQUIRED' }]);
  await addUnusablePasskeys(postern.database, username, 1);
  expect(await start()).toMatchObject([{ code: 'PASSKEY_LIMIT', details: details({ limit: 20 }) }]);
});

test('returns the limit of access tokens when a user has as many as they may have', async () => {
  const { client } = await newUserOfRole(postern, 'USER');
  for (let n = 0; n < 50; n += 1) await newAccessToken(client);
  const { data } = await client.send(
    'mutation ($input: CreateAccessTokenInput!) { createAccessToken(input: $input) { userErrors { code details { limit } } } }',
    { input: { name: 'one more', scopes: ['KEYS_READ'] } },
  );
  expect(data['createAccessToken'].userErrors).toEqual([{ code: 'ACCESS_TOKEN_LIMIT', details: { limit: 50 } }]);
});

test('returns the time of the next change when the username was changed recently, and allows it then', async () => {
  const { client } = await newUserOfRole(postern, 'USER', 'BEARER');
  expect(await errorsOf(client, 'changeUsername', { username: newUsername() })).toEqual([]);
  const retryAt = new Date(postern.clock.read().getTime() + days(1)).toISOString();
  postern.clock.advance({ minutes: 5 });
  expect(await errorsOf(client, 'changeUsername', { username: newUsername() })).toMatchObject([
    { code: 'USERNAME_CHANGED_RECENTLY', field: ['username'], details: details({ retryAt }) },
  ]);
});

test('returns no details for an error without numbers', async () => {
  const { client } = await newUserOfRole(postern, 'USER');
  expect(await errorsOf(client, 'revokeSession', { sessionId: 'session_none' })).toMatchObject([
    { code: 'NOT_FOUND', details: null },
  ]);
  expect(await errorsOf(client, 'createCallKey', { name: 'laptop', allowedIps: ['none'] })).toMatchObject([
    { code: 'INVALID_VALUE', field: ['allowedIps', '0'], details: null },
  ]);
});

/** Codes whose message has a number, or the numbers of its rule. */
const codesWithNumbers = Object.entries(userErrorMessages)
  .filter(([, message]) => 'details' in message || /\d/.test(message.EN))
  .map(([code]) => code);

test.each(codesWithNumbers)('has a test of the details of %s', (code) => {
  expect([
    ...cases.map(([tested]) => tested),
    'USERNAME_CHANGED_RECENTLY',
    'PASSKEY_LIMIT',
    'ACCESS_TOKEN_LIMIT',
    // features/webhook/manage.test.ts
    'WEBHOOK_LIMIT',
  ]).toContain(code);
});
