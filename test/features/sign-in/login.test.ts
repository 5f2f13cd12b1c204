import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventsDuring } from '../security-event/events.js';
import { query } from '../../support/database.js';
import { goodPassword, newPerson, signIn } from '../../support/people.js';
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

test('opens the current session with the right password', async () => {
  const person = await newPerson(postern);
  const client = postern.client();
  const { data } = await loginAs(client, { login: person.username, password: person.password });
  expect(data.login).toMatchObject({
    user: { id: person.id, username: person.username, role: 'USER' },
    session: { token: null, session: { current: true, factors: ['PASSWORD'] } },
    secondFactor: null,
    userErrors: [],
  });
  expect(await whoAmI(client)).toBe(person.username);
});

test('delivers the session as a cookie or as a bearer token, never both', async () => {
  const person = await newPerson(postern);
  const cookie = await loginAs(postern.client(), { login: person.username, password: person.password });
  expect(cookie.data.login?.session?.token).toBeNull();
  expect(cookie.headers.getSetCookie()).toEqual([
    expect.stringMatching(/^postern_session=pss_/),
    expect.stringMatching(/^postern_device=psd_/),
  ]);
  const bearer = await loginAs(postern.client(), {
    login: person.username,
    password: person.password,
    delivery: 'BEARER',
  });
  expect(bearer.headers.getSetCookie()).toEqual([]);
  const client = postern.client();
  client.token = bearer.data.login!.session!.token!;
  expect(await whoAmI(client)).toBe(person.username);
});

test('keeps the cookie until the browser closes, or for 14 days with “remember me”', async () => {
  const person = await newPerson(postern);
  const expiry = async (rememberMe: boolean) => {
    const { headers } = await loginAs(postern.client(), {
      login: person.username,
      password: person.password,
      rememberMe,
    });
    return /expires=([^;]+)/i.exec(headers.getSetCookie()[0]!)?.[1];
  };
  expect(await expiry(false)).toBeUndefined();
  const remembered = Date.parse((await expiry(true))!);
  expect(Math.abs(remembered - (postern.clock.read().getTime() + 14 * DAY_MS))).toBeLessThan(2_000);
});

test('never remembers an administrator', async () => {
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

test('records the time of the sign-in and shows it to the user', async () => {
  const person = await newPerson(postern);
  postern.clock.advance({ minutes: 3 });
  const client = await signIn(postern, person);
  const { data } = await client.send('{ me { lastLoginAt } }');
  expect(data).toEqual({ me: { lastLoginAt: postern.clock.read().toISOString() } });
});

test('rejects any second-factor field of login and opens no session (R-10)', async () => {
  const person = await newPerson(postern);
  const before = await stored(postern.database);
  for (const extra of [
    'totpCode: "123456"',
    'backupCode: "A-1234-5678"',
    'code: "123456"',
    'factor: TOTP',
    'challenge: "psc_x"',
    'secondFactor: {totpCode: "123456"}',
  ]) {
    for (const password of ['', `password: ${JSON.stringify(person.password)}, `]) {
      const client = postern.client();
      const answer = await client.send(
        `mutation { login(input: { login: "${person.username}", ${password}${extra} }) { session { token } userErrors { code } } }`,
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
  ])('rejects %s and changes nothing (R-10)', async (_, password) => {
    const person = await newPerson(postern);
    const before = await stored(postern.database);
    const client = postern.client();
    const events = await eventsDuring(postern.database, async () => {
      const answer = await client.send(document, { input: { login: person.username, password } });
      expect(answer).toFailWith('BAD_USER_INPUT');
      expect(answer.data).toBeNull();
      expect(answer.headers.getSetCookie()).toEqual([]);
    });
    expect(events).toEqual([]);
    expect(await stored(postern.database)).toEqual(before);
    expect(await whoAmI(client)).toBeNull();
  });

  test.each(['null', `["${goodPassword}"]`, '[]', '12345678', 'true', `{ password: "${goodPassword}" }`, '{}'])(
    'rejects the literal %s and changes nothing (R-10)',
    async (literal) => {
      const person = await newPerson(postern);
      const before = await stored(postern.database);
      const answer = await postern
        .client()
        .send(
          `mutation { login(input: { login: "${person.username}", password: ${literal} }) { session { token } userErrors { code } } }`,
        );
      expect(answer).toFailWith('GRAPHQL_VALIDATION_FAILED');
      expect(await stored(postern.database)).toEqual(before);
    },
  );

  test('rejects a missing value as a variable and in the document, and changes nothing (R-10)', async () => {
    const { username: login } = await newPerson(postern);
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
  ])('treats %s as a wrong password and changes nothing (R-10)', async (_, password) => {
    const person = await newPerson(postern);
    const [row] = await query<{ password_hash: string }>(
      postern.database,
      'select password_hash from accounts where username = ?',
      [person.username],
    );
    const before = await stored(postern.database);
    const client = postern.client();
    expect(
      await loginAs(client, { login: person.username, password: password === 'HASH' ? row!.password_hash : password }),
    ).toBeRefusedWith(['INVALID_CREDENTIALS']);
    expect(await stored(postern.database)).toEqual(before);
    expect(await whoAmI(client)).toBeNull();
  });

  test('rejects an empty string for an account without a password (R-10)', async () => {
    const person = await newPerson(postern);
    for (const hash of [null, '']) {
      await query(postern.database, 'update accounts set password_hash = ? where username = ?', [
        hash,
        person.username,
      ]);
      for (const password of ['', 'null', person.password])
        expect(await loginAs(postern.client(), { login: person.username, password })).toBeRefusedWith([
          'INVALID_CREDENTIALS',
        ]);
    }
  });
});

test('keeps the client’s session after a wrong password', async () => {
  const person = await newPerson(postern);
  expect(await loginAs(person.client, { login: person.username, password: 'wrong' })).toBeRefusedWith([
    'INVALID_CREDENTIALS',
  ]);
  expect(await whoAmI(person.client)).toBe(person.username);
});
