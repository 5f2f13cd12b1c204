import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { USE_PASSKEY, bearer, createPostern, operation, type Ask, type Question } from '@postern/client';
import { SoftwareAuthenticator } from '../support/software-authenticator.js';
import { startPostern, type TestPostern } from '../support/postern.js';
import { pageOrigin } from '../support/passkeys.js';
import { newTwoFactorUser } from '../support/two-factor.js';
import { goodPassword, newUser, signIn as signInElsewhere, type TestUser } from '../support/users.js';
import { newBrowser, oldBrowser, refusingBrowser } from './browser-passkeys.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

/** A token store that can be read. */
class Store {
  token: string | null = null;
  get = () => this.token;
  set = (token: string | null) => {
    this.token = token;
  };
}

/** A client with its own token. */
function newClient(ask: Ask = {}, more: Partial<Parameters<typeof createPostern>[0]> = {}) {
  const store = new Store();
  const ended: number[] = [];
  const client = createPostern({
    url: `${postern.url}/graphql`,
    session: bearer(store),
    ask,
    onSignedOut: () => ended.push(1),
    ...more,
  });
  return { client, store, ended };
}

/** Answers questions in order, and records them. */
function answers<Answer>(...given: Answer[]) {
  const questions: Question[] = [];
  const ask = (question: Question) => {
    questions.push(question);
    return Promise.resolve(given[questions.length - 1] ?? null);
  };
  return { questions, ask };
}

const closeStepUp = () => postern.clock.advance({ minutes: 11 });
const login = ({ username, password }: TestUser) => ({ login: username, password });
const Me = operation<{ me: { username: string } | null }, Record<string, never>>('{ me { username } }');
const CreateToken = operation<
  { createAccessToken: { token: string | null } },
  { input: { name: string; scopes: string[] } }
>(
  'mutation ($input: CreateAccessTokenInput!) { createAccessToken(input: $input) { token userErrors { code field message } } }',
);
const input = { input: { name: 'Backup', scopes: ['ACCOUNT_READ'] } };
const tokensOf = async (user: TestUser): Promise<unknown[]> =>
  (await (await signInElsewhere(postern, user, 'BEARER')).send('{ me { accessTokens { id } } }')).data['me']
    .accessTokens;

test('signs in with the password, keeps the token, and forgets it after signing out', async () => {
  const user = await newUser(postern);
  const { client, store, ended } = newClient();
  expect(await client.signIn(login(user))).toEqual({
    ok: true,
    data: { id: user.id, username: user.username, role: 'USER' },
  });
  expect(store.token).toMatch(/^\S+$/);
  expect(await client.request(Me)).toEqual({ ok: true, data: { me: { username: user.username } } });
  expect(await client.signOut()).toEqual({ ok: true, data: null });
  expect(store.token).toBeNull();
  expect(await client.request(Me)).toEqual({ ok: true, data: { me: null } });
  expect(ended).toEqual([]);
});

test('returns USER_ERRORS for a wrong password, and keeps no token', async () => {
  const { client, store } = newClient();
  const user = await newUser(postern);
  expect(await client.signIn({ ...login(user), password: 'wrong-password' })).toMatchObject({
    ok: false,
    failure: { kind: 'USER_ERRORS', userErrors: [{ code: 'INVALID_CREDENTIALS' }] },
  });
  expect(store.token).toBeNull();
});

test('keeps the new token that an answer carries', async () => {
  const user = await newUser(postern);
  const { client, store } = newClient();
  await client.signIn(login(user));
  const before = store.token;
  const change = operation<unknown, object>(
    'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { session { token } userErrors { code } } }',
  );
  const newPassword = 'Silent-Meadow-48';
  expect(
    await client.request(change, {
      input: { currentPassword: goodPassword, newPassword, confirmPassword: newPassword },
    }),
  ).toMatchObject({ ok: true });
  expect(store.token).not.toBe(before);
  expect(await client.request(Me)).toMatchObject({ ok: true, data: { me: { username: user.username } } });
});

test('reports once that the session has ended, and forgets its token', async () => {
  const user = await newUser(postern);
  const { client, store, ended } = newClient();
  await client.signIn(login(user));
  postern.clock.advance({ hours: 25 });
  expect(await client.request(Me)).toMatchObject({ ok: false, failure: { kind: 'UNAUTHENTICATED' } });
  expect([store.token, ended.length]).toEqual([null, 1]);
});

test('asks for the password when a request needs step-up, and repeats it', async () => {
  const user = await newUser(postern);
  const { ask, questions } = answers('wrong-password', user.password);
  const { client } = newClient({ password: ask });
  await client.signIn(login(user));
  closeStepUp();
  expect(await client.request(CreateToken, input)).toMatchObject({
    ok: true,
    data: { createAccessToken: { token: expect.stringMatching(/^pac_/) } },
  });
  expect(questions.map(({ error }) => error?.code ?? null)).toEqual([null, 'INCORRECT_PASSWORD']);
  expect(await tokensOf(user)).toHaveLength(1);
});

test('asks once for requests at the same time', async () => {
  const user = await newUser(postern);
  const { ask, questions } = answers(user.password);
  const { client } = newClient({ password: ask });
  await client.signIn(login(user));
  closeStepUp();
  const results = await Promise.all([client.request(CreateToken, input), client.request(CreateToken, input)]);
  expect(results.map(({ ok }) => ok)).toEqual([true, true]);
  expect(questions).toHaveLength(1);
});

test('returns CANCELED and changes nothing when the user gives no password', async () => {
  const user = await newUser(postern);
  const { client } = newClient({ password: () => Promise.resolve(null) });
  await client.signIn(login(user));
  closeStepUp();
  expect(await client.request(CreateToken, input)).toEqual({ ok: false, data: null, failure: { kind: 'CANCELED' } });
  expect(await tokensOf(user)).toEqual([]);
});

test('returns STEP_UP_REQUIRED when there is no callback', async () => {
  const user = await newUser(postern);
  const { client } = newClient();
  await client.signIn(login(user));
  closeStepUp();
  expect(await client.request(CreateToken, input)).toMatchObject({ failure: { kind: 'STEP_UP_REQUIRED' } });
});

test('asks for a code during a sign-in, and again after a wrong one', async () => {
  const user = await newTwoFactorUser(postern);
  postern.clock.advance({ minutes: 1 });
  const { ask, questions } = answers({ totpCode: '000000' }, { totpCode: await user.app.nextCode() });
  const { client, store } = newClient({ code: ask });
  expect(await client.signIn(login(user))).toMatchObject({ ok: true, data: { username: user.username } });
  expect(questions).toEqual([
    { error: null, factors: expect.arrayContaining(['TOTP', 'BACKUP_CODE']) },
    { error: expect.objectContaining({ code: 'INVALID_CREDENTIALS' }), factors: expect.any(Array) },
  ]);
  expect(store.token).not.toBeNull();
});

test('asks for the password and a code when a request of a user with 2FA needs step-up', async () => {
  const user = await newTwoFactorUser(postern);
  postern.clock.advance({ minutes: 1 });
  const password = answers(user.password);
  const codes: Ask['code'] = async () => ({ totpCode: await user.app.nextCode() });
  const { client } = newClient({ password: password.ask, code: codes });
  await client.signIn(login(user));
  closeStepUp();
  expect(await client.request(CreateToken, input)).toMatchObject({ ok: true });
  expect(password.questions).toHaveLength(1);
});

test.each([
  ['that converts no JSON', oldBrowser],
  ['that converts JSON', newBrowser],
])('adds a passkey, signs in with it, and confirms with it, in a browser %s', async (_name, browser) => {
  const user = await newUser(postern);
  const webauthn = browser(new SoftwareAuthenticator(pageOrigin));
  const ask: Ask = { password: () => Promise.resolve(user.password) };
  const first = newClient(ask, { webauthn });
  await first.client.signIn(login(user));
  expect(await first.client.addPasskey({ name: 'Laptop' })).toMatchObject({
    ok: true,
    data: { name: 'Laptop', backupCodes: expect.any(Array) },
  });
  const second = newClient({ password: () => Promise.resolve(USE_PASSKEY) }, { webauthn });
  expect(await second.client.signInWithPasskey()).toMatchObject({ ok: true, data: { id: user.id } });
  closeStepUp();
  expect(await second.client.request(CreateToken, input)).toMatchObject({ ok: true });
  const third = newClient({ code: () => Promise.resolve(USE_PASSKEY) }, { webauthn });
  expect(await third.client.signIn(login(user))).toMatchObject({ ok: true, data: { id: user.id } });
});

test.each([
  ['CANCELED', refusingBrowser('NotAllowedError')],
  ['ALREADY_ADDED', refusingBrowser('InvalidStateError')],
  ['FAILED', refusingBrowser('SecurityError')],
  ['UNSUPPORTED', null],
])('returns the problem %s of a browser without a passkey', async (problem, webauthn) => {
  const { client } = newClient({}, { webauthn });
  expect(await client.signInWithPasskey()).toEqual({ ok: false, data: null, failure: { kind: 'PASSKEY', problem } });
});

test('sends a request again that was overtaken by a new token', async () => {
  const user = await newUser(postern);
  const { client, store, ended } = newClient({ password: () => Promise.resolve(user.password) });
  await client.signIn(login(user));
  const old = store.token;
  await client.confirmIdentity();
  const renewed = store.token;
  expect(renewed).not.toBe(old);
  const overtaken = createPostern({
    url: `${postern.url}/graphql`,
    session: bearer({ get: () => store.get(), set: store.set }),
    fetch: async (request, init) => {
      const response = await fetch(request, init);
      store.set(renewed);
      return response;
    },
  });
  store.set(old);
  postern.clock.advance({ minutes: 5 });
  expect(await overtaken.request(Me)).toMatchObject({ ok: true, data: { me: { username: user.username } } });
  expect([store.token, ended]).toEqual([renewed, []]);
});

test('sends its token to the origin of Postern alone, and lets no other end the session', async () => {
  const user = await newUser(postern);
  const received: (string | undefined)[] = [];
  const other = createServer(({ headers }, response) => {
    received.push(headers.authorization);
    response.end(JSON.stringify({ errors: [{ message: 'No.', extensions: { code: 'UNAUTHENTICATED' } }] }));
  }).listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { client, store, ended } = newClient();
  await client.signIn(login(user));
  const { token } = store;
  const address = `http://127.0.0.1:${(other.address() as AddressInfo).port}/`;
  for (const input of [address, new URL(address), new Request(address)]) await (await client.fetch(input)).text();
  other.close();
  expect([received, store.token, ended]).toEqual([[undefined, undefined, undefined], token, []]);
  const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query":"{ me { id } }"}' };
  const url = `${postern.url}/graphql`;
  for (const answer of [await client.fetch(url, post), await client.fetch(new Request(url, post))])
    expect(await answer.json()).toEqual({ data: { me: { id: user.id } } });
});
