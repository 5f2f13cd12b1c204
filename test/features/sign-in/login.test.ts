import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventsDuring } from '../security-event/events.js';
import { query } from '../../support/database.js';
import { goodPassword, newUser, signIn } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { completeSetupAs, newSetupToken } from '../sign-up/sign-up-as.js';
import { loginAs, whoAmI } from './login-as.js';
import { stored } from './stored.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

const DAY_MS = 24 * 60 * 60_000;

test('opens a session with the right password, and lists it as the current one', async () => {
  const user = await newUser(postern);
  const client = postern.client();
  const { data } = await loginAs(client, { login: user.username, password: user.password });
  expect(data.login).toMatchObject({
    user: { id: user.id, username: user.username, role: 'USER' },
    session: { token: null, session: { current: true, factors: ['PASSWORD'] } },
    secondFactor: null,
    userErrors: [],
  });
  expect(await whoAmI(client)).toBe(user.username);
});

test('returns the new session as a cookie or as a bearer token, never as both', async () => {
  const user = await newUser(postern);
  const cookie = await loginAs(postern.client(), { login: user.username, password: user.password });
  expect(cookie.data.login?.session?.token).toBeNull();
  expect(cookie.headers.getSetCookie()).toEqual([
    expect.stringMatching(/^postern_session=pss_/),
    expect.stringMatching(/^postern_device=psd_/),
  ]);
  const bearer = await loginAs(postern.client(), {
    login: user.username,
    password: user.password,
    delivery: 'BEARER',
  });
  expect(bearer.headers.getSetCookie()).toEqual([]);
  const client = postern.client();
  client.token = bearer.data.login!.session!.token!;
  expect(await whoAmI(client)).toBe(user.username);
});

test('keeps the session cookie until the browser closes, or for 14 days with “remember me”', async () => {
  const user = await newUser(postern);
  const expiry = async (rememberMe: boolean) => {
    const { headers } = await loginAs(postern.client(), {
      login: user.username,
      password: user.password,
      rememberMe,
    });
    return /expires=([^;]+)/i.exec(headers.getSetCookie()[0]!)?.[1];
  };
  expect(await expiry(false)).toBeUndefined();
  const remembered = Date.parse((await expiry(true))!);
  expect(Math.abs(remembered - (postern.clock.read().getTime() + 14 * DAY_MS))).toBeLessThan(2_000);
});

test('never keeps an administrator’s session longer for “remember me”', async () => {
  const place = await startPostern();
  try {
    await completeSetupAs(place.client(), { setupToken: (await newSetupToken(place))!, username: 'keeper' });
    const { headers, data } = await loginAs(place.client(), {
      login: 'keeper',
      password: goodPassword,
      rememberMe: true,
    });
    expect(data.login?.userErrors).toEqual([]);
    expect(headers.getSetCookie()[0]).not.toMatch(/expires|max-age/i);
  } finally {
    await place.close();
  }
});

test('records the time of the last sign-in, and shows it to the user', async () => {
  const user = await newUser(postern);
  postern.clock.advance({ minutes: 3 });
  const client = await signIn(postern, user);
  const { data } = await client.send('{ me { lastLoginAt } }');
  expect(data).toEqual({ me: { lastLoginAt: postern.clock.read().toISOString() } });
});

test('rejects second-factor fields in login, and opens no session (R-10)', async () => {
  const user = await newUser(postern);
  const before = await stored(postern.database);
  for (const extra of [
    'totpCode: "123456"',
    'backupCode: "A-1234-5678"',
    'code: "123456"',
    'factor: TOTP',
    'challenge: "psc_x"',
    'secondFactor: {totpCode: "123456"}',
  ]) {
    for (const password of ['', `password: ${JSON.stringify(user.password)}, `]) {
      const client = postern.client();
      const answer = await client.send(
        `mutation { login(input: { login: "${user.username}", ${password}${extra} }) { session { token } userErrors { code } } }`,
      );
      expect(answer).toFailWith('GRAPHQL_VALIDATION_FAILED');
      expect(await whoAmI(client)).toBeNull();
    }
  }
  expect(await stored(postern.database)).toEqual(before);
});

describe('instead of the password', () => {
  const document =
    'mutation Login($input: LoginInput!) { login(input: $input) { user { id } session { token } secondFactor { challenge } userErrors { code } } }';

  test.each([
    ['null', null],
    ['a list with the password', [goodPassword]],
    ['an empty list', []],
    ['a number', 12_345_678],
    ['true', true],
    ['an object', { password: goodPassword }],
    ['an empty object', {}],
  ])('rejects %s instead of a password, and changes nothing (R-10)', async (_, password) => {
    const user = await newUser(postern);
    const before = await stored(postern.database);
    const client = postern.client();
    const events = await eventsDuring(postern.database, async () => {
      const answer = await client.send(document, { input: { login: user.username, password } });
      expect(answer).toFailWith('BAD_USER_INPUT');
      expect(answer.data).toBeNull();
      expect(answer.headers.getSetCookie()).toEqual([]);
    });
    expect(events).toEqual([]);
    expect(await stored(postern.database)).toEqual(before);
    expect(await whoAmI(client)).toBeNull();
  });

  test.each(['null', `["${goodPassword}"]`, '[]', '12345678', 'true', `{ password: "${goodPassword}" }`, '{}'])(
    'rejects the literal %s instead of a password, and changes nothing (R-10)',
    async (literal) => {
      const user = await newUser(postern);
      const before = await stored(postern.database);
      const answer = await postern
        .client()
        .send(
          `mutation { login(input: { login: "${user.username}", password: ${literal} }) { session { token } userErrors { code } } }`,
        );
      expect(answer).toFailWith('GRAPHQL_VALIDATION_FAILED');
      expect(await stored(postern.database)).toEqual(before);
    },
  );

  test('rejects a missing password in a variable and in the document, and changes nothing (R-10)', async () => {
    const { username: login } = await newUser(postern);
    const before = await stored(postern.database);
    expect(await postern.client().send(document, { input: { login } })).toFailWith('BAD_USER_INPUT');
    expect(
      await postern.client().send(`mutation { login(input: { login: "${login}" }) { userErrors { code } } }`),
    ).toFailWith('GRAPHQL_VALIDATION_FAILED');
    expect(await stored(postern.database)).toEqual(before);
  });

  test.each([
    ['an empty string', ''],
    ['a space', ' '],
    ['the word null', 'null'],
    ['the word undefined', 'undefined'],
    ['the stored hash', 'HASH'],
  ])('treats %s as a wrong password, and changes nothing (R-10)', async (_, password) => {
    const user = await newUser(postern);
    const [row] = await query<{ password_hash: string }>(
      postern.database,
      'select password_hash from accounts where username = ?',
      [user.username],
    );
    const before = await stored(postern.database);
    const client = postern.client();
    expect(
      await loginAs(client, { login: user.username, password: password === 'HASH' ? row!.password_hash : password }),
    ).toBeRefusedWith(['INVALID_CREDENTIALS']);
    expect(await stored(postern.database)).toEqual(before);
    expect(await whoAmI(client)).toBeNull();
  });

  test('rejects an empty password for an account without a password (R-10)', async () => {
    const user = await newUser(postern);
    for (const hash of [null, '']) {
      await query(postern.database, 'update accounts set password_hash = ? where username = ?', [hash, user.username]);
      for (const password of ['', 'null', user.password])
        expect(await loginAs(postern.client(), { login: user.username, password })).toBeRefusedWith([
          'INVALID_CREDENTIALS',
        ]);
    }
  });
});

test('keeps the client’s session after a sign-in with a wrong password', async () => {
  const user = await newUser(postern);
  expect(await loginAs(user.client, { login: user.username, password: 'wrong' })).toBeRefusedWith([
    'INVALID_CREDENTIALS',
  ]);
  expect(await whoAmI(user.client)).toBe(user.username);
});
