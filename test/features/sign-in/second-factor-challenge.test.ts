import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { hashToken } from '../../../src/crypto/token.js';
import { accountId, eventsDuring } from '../security-event/events.js';
import { query } from '../../support/database.js';
import { newUser, type TestUser } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { markTwoFactorOn } from '../../support/two-factor.js';
import { loginAs, whoAmI } from './login-as.js';
import { stored } from './stored.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern({ TRUSTED_PROXIES: '127.0.0.1' });
});
afterAll(() => postern.close());

const MINUTE_MS = 60_000;

async function newEnrolledUser(): Promise<TestUser> {
  const user = await newUser(postern);
  await markTwoFactorOn(postern.database, user.username);
  return user;
}

const challengesOf = async ({ username }: TestUser) =>
  query<{ token_hash: string; delivery: string; remember_me: boolean; attempts: number }>(
    postern.database,
    'select * from second_factor_challenges where account_id = ? order by id',
    [await accountId(postern.database, username)],
  );

/** Opens a challenge from an address. Users sign up at the default one, so its network is known. */
async function challengeOf({ username, password }: TestUser, ip = '127.0.0.1'): Promise<string> {
  const client = Object.assign(postern.client(), { headers: { 'x-forwarded-for': ip } });
  const { data } = await loginAs(client, { login: username, password, delivery: 'BEARER' });
  return data.login!.secondFactor!.challenge;
}

test.each(['COOKIE', 'BEARER'] as const)(
  'returns only a 5-minute challenge for the right password of a 2FA account (R-9), delivery %s',
  async (delivery) => {
    const user = await newEnrolledUser();
    const { sessions } = await stored(postern.database);
    const client = postern.client();
    const answer = await loginAs(client, {
      login: user.username,
      password: user.password,
      delivery,
      rememberMe: true,
    });
    expect(answer.data.login).toEqual({
      user: null,
      session: null,
      userErrors: [],
      secondFactor: {
        challenge: expect.stringMatching(/^psc_[0-9A-Za-z]{49}$/),
        factors: ['TOTP'],
        expiresAt: new Date(postern.clock.read().getTime() + 5 * MINUTE_MS).toISOString(),
      },
    });
    expect(answer.headers.getSetCookie()).toEqual([]);
    for (const part of [user.username, user.id, 'pss_']) expect(answer.text).not.toContain(part);
    expect((await stored(postern.database))['sessions']).toEqual(sessions);
    expect(await whoAmI(client)).toBeNull();
  },
);

test('stores a sign-in challenge as a hash, with the options for its session (R-9)', async () => {
  const user = await newEnrolledUser();
  const { data } = await loginAs(postern.client(), {
    login: user.username,
    password: user.password,
    delivery: 'BEARER',
    rememberMe: true,
  });
  const { challenge } = data.login!.secondFactor!;
  expect(await challengesOf(user)).toMatchObject([
    { token_hash: hashToken(challenge), delivery: 'BEARER', remember_me: true, attempts: 0 },
  ]);
  expect(JSON.stringify(await stored(postern.database))).not.toContain(challenge);
});

test('treats a challenge cookie as anonymous without a database query (R-9, R-59)', async () => {
  const user = await newEnrolledUser();
  const client = postern.client();
  client.cookies.set('postern_session', await challengeOf(user));
  postern.statements.forget();
  const answer = await client.send('{ me { id } }');
  expect([answer.status, answer.data]).toEqual([200, { me: null }]);
  expect(postern.statements.texts).toEqual([]);
});

test('rejects a challenge as a bearer token with status 401, and changes nothing (R-9)', async () => {
  const user = await newEnrolledUser();
  const client = postern.client();
  client.token = await challengeOf(user);
  const before = await stored(postern.database);
  for (const document of [
    '{ me { id } }',
    '{ policy { passwordMinLength } }',
    'mutation { logout { userErrors { code } } }',
    'mutation { revokeOtherSessions { revokedCount } }',
  ]) {
    const answer = await client.send(document);
    expect(answer.status).toBe(401);
    expect(answer).toFailWith('UNAUTHENTICATED');
    expect(answer.data).toBeNull();
  }
  expect(await stored(postern.database)).toEqual(before);
});

test('responds to a wrong password as it does without two-factor authentication (R-9, R-13)', async () => {
  const [user, other] = [await newEnrolledUser(), await newUser(postern)];
  const before = await stored(postern.database);
  const [one, two] = [
    await loginAs(postern.client(), { login: user.username, password: 'wrong' }),
    await loginAs(postern.client(), { login: other.username, password: 'wrong' }),
  ];
  expect(one).toBeRefusedWith(['INVALID_CREDENTIALS']);
  expect(one.text).toBe(two.text);
  expect(await stored(postern.database)).toEqual(before);
});

test('keeps the client’s session while a challenge is pending (R-9)', async () => {
  const user = await newEnrolledUser();
  await loginAs(user.client, { login: user.username, password: user.password });
  expect(await whoAmI(user.client)).toBe(user.username);
});

test('keeps at most 5 open sign-in challenges per account, and drops the oldest (R-11)', async () => {
  const user = await newEnrolledUser();
  const challenges: string[] = [];
  for (let count = 0; count < 7; count += 1) {
    challenges.push(await challengeOf(user));
    postern.clock.advance({ seconds: 1 });
  }
  expect((await challengesOf(user)).map((row) => row.token_hash)).toEqual(challenges.slice(-5).map(hashToken));
});

test('keeps the challenge of a known network or device when unknown devices open many (R-11)', async () => {
  const user = await newEnrolledUser();
  const { data } = await loginAs(user.client, { login: user.username, password: user.password });
  const known = [data.login!.secondFactor!.challenge, await challengeOf(user)];
  for (let count = 0; count < 8; count += 1) await challengeOf(user, `203.0.${count}.1`);
  const open = (await challengesOf(user)).map((row) => row.token_hash);
  expect(open).toHaveLength(2 + 5);
  expect(open).toEqual(expect.arrayContaining(known.map(hashToken)));
});

test('keeps an unknown device’s challenge when another network opens many (R-11)', async () => {
  const user = await newEnrolledUser();
  const traveling = await challengeOf(user, '198.51.100.1');
  for (let count = 0; count < 8; count += 1) await challengeOf(user, `203.0.113.${count + 1}`);
  const open = (await challengesOf(user)).map((row) => row.token_hash);
  expect(open).toHaveLength(5);
  expect(open).toContain(hashToken(traveling));
});

test('keeps the challenge of a known device when others in its own network open many (R-11)', async () => {
  const user = await newEnrolledUser();
  const { data } = await loginAs(user.client, { login: user.username, password: user.password });
  for (let count = 0; count < 8; count += 1) await challengeOf(user);
  const open = (await challengesOf(user)).map((row) => row.token_hash);
  expect(open).toContain(hashToken(data.login!.secondFactor!.challenge));
  expect(open).toHaveLength(1 + 5);
});

test('records a sign-in challenge as an event, but not as a sign-in (R-9, R-96)', async () => {
  const user = await newEnrolledUser();
  const events = await eventsDuring(postern.database, () => challengeOf(user));
  expect(events).toMatchObject([
    {
      type: 'LOGIN_CHALLENGED',
      outcome: 'SUCCESS',
      account_id: await accountId(postern.database, user.username),
      session_id: null,
    },
  ]);
});
