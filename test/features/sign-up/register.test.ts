import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventsDuring } from '../security-event/events.js';
import { watchHashing } from '../password/watch-hashing.js';
import { loginAs, whoAmI } from '../sign-in/login-as.js';
import { stored } from '../sign-in/stored.js';
import { goodPassword, newUser, newUsername } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { completeSetupAs, newSetupToken, registerAs } from './sign-up-as.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

test('signs a new user in, and returns `me` with one statement', async () => {
  const user = await newUser(postern);
  postern.statements.forget();
  const { data } = await user.client.send('{ me { id username role } }');
  expect(data).toEqual({ me: { id: user.id, username: user.username, role: 'USER' } });
  expect(postern.statements.texts).toHaveLength(1);
});

test('gives the first user to register the role USER (R-77)', async () => {
  const fresh = await startPostern();
  try {
    const { data } = await registerAs(fresh.client(), { username: 'first-of-all' });
    expect(data.register?.user).toMatchObject({ username: 'first-of-all', role: 'USER' });
    expect((await stored(fresh.database))['accounts']).toMatchObject([
      { username: 'first-of-all', role: 'USER', status: 'ACTIVE' },
    ]);
  } finally {
    await fresh.close();
  }
});

test('returns a new user’s session as a cookie or as a bearer token, never as both', async () => {
  const cookie = await registerAs(postern.client(), { delivery: 'COOKIE' });
  expect(cookie.data.register?.session?.token).toBeNull();
  expect(cookie.headers.getSetCookie()).toEqual([
    expect.stringMatching(/^postern_session=pss_/),
    expect.stringMatching(/^postern_device=psd_/),
  ]);
  expect(cookie.headers.getSetCookie()[0]).not.toMatch(/expires|max-age/i);
  const bearer = await registerAs(postern.client(), { delivery: 'BEARER' });
  expect(bearer.data.register?.session?.token).toMatch(/^pss_/);
  expect(bearer.headers.getSetCookie()).toEqual([]);
});

test('rejects a taken username before hashing the password, and changes nothing', async () => {
  const { username, client: owner } = await newUser(postern);
  const before = await stored(postern.database);
  const unknownDevice = postern.client();
  const hashing = watchHashing(postern);
  const events = await eventsDuring(postern.database, async () => {
    expect(await registerAs(unknownDevice, { username, password: 'another quiet harbour' })).toBeRefusedWith([
      'USERNAME_TAKEN',
      'username',
    ]);
  });
  expect(events).toEqual([]);
  expect(hashing.asked).toBe(0);
  expect(await stored(postern.database)).toEqual(before);
  expect(await whoAmI(unknownDevice)).toBeNull();
  expect(await whoAmI(owner)).toBe(username);
  expect(await loginAs(postern.client(), { login: username, password: 'another quiet harbour' })).toBeRefusedWith([
    'INVALID_CREDENTIALS',
  ]);
});

test.each([
  'role: ROOT',
  'role: "ROOT"',
  'status: DISABLED',
  'authVersion: 9',
  'id: "x"',
  'createdAt: "2020-01-01T00:00:00Z"',
  'emailVerified: true',
  'rememberMe: true',
])('rejects the sign-up field `%s` as unknown, and changes nothing (R-75)', async (field) => {
  const before = await stored(postern.database);
  const answer = await postern
    .client()
    .send(
      `mutation { register(input: { username: "${newUsername()}", password: "${goodPassword}", confirmPassword: "${goodPassword}", ${field} }) { user { id } } }`,
    );
  expect(answer).toFailWith('GRAPHQL_VALIDATION_FAILED');
  expect(await stored(postern.database)).toEqual(before);
});

test('rejects every sign-up when registration is closed, but still allows setup', async () => {
  const closed = await startPostern({ REGISTRATION: 'closed' });
  try {
    const before = await stored(closed.database);
    const client = closed.client();
    expect(await registerAs(client)).toBeRefusedWith(['REGISTRATION_CLOSED']);
    expect(await registerAs(client, { username: 'a b', password: 'short' })).toBeRefusedWith(['REGISTRATION_CLOSED']);
    expect(await stored(closed.database)).toEqual(before);
    expect(await whoAmI(client)).toBeNull();
    const setupToken = (await newSetupToken(closed))!;
    expect(await completeSetupAs(closed.client(), { setupToken, username: 'keeper' })).toSucceed();
    expect(await registerAs(client, { username: 'keeper' })).toBeRefusedWith(['REGISTRATION_CLOSED']);
    expect(await loginAs(closed.client(), { login: 'keeper', password: goodPassword })).toSucceed();
  } finally {
    await closed.close();
  }
});
