import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Client } from '../../support/client.js';
import { newToken } from '../../../src/crypto/token.js';
import { watchHashing } from '../password/watch-hashing.js';
import { completeSetupAs } from '../sign-up/sign-up-as.js';
import { query } from '../../support/database.js';
import { goodPassword, newUser, newUsername, signIn, type TestUser } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { ruleContext } from '../../support/rule-context.js';
import { newTwoFactorUser, openChallenge, verifySecondFactor } from '../../support/two-factor.js';
import { graphql } from '../../support/generated/gql.js';

const TryToLogIn = graphql(`
  mutation AttemptLogin($input: LoginInput!) {
    login(input: $input) { session { session { id } } userErrors { code field message } }
  }
`);

const attempt = (client: Client, login: string, password: string) =>
  client.send(TryToLogIn, { input: { login, password } });

/** A client at an address. Users sign up at another one, so it is an unknown device in an unknown network. */
const from = (postern: TestPostern, ip = '198.51.100.7') =>
  Object.assign(postern.client(), { headers: { 'x-forwarded-for': ip } });

async function failTimes(postern: TestPostern, times: number, login: string, ip?: string): Promise<void> {
  for (let n = 0; n < times; n += 1)
    expect(await attempt(from(postern, ip), login, 'wrong-wrong')).toBeRefusedWith(['INVALID_CREDENTIALS']);
}

describe('password attempts on one account', () => {
  let postern: TestPostern;
  beforeAll(async () => {
    postern = await startPostern({ TRUSTED_PROXIES: '127.0.0.1' });
  });
  afterAll(() => postern.close());

  test('locks unknown devices out after ten failures in a row, without revealing it (R-19, R-24)', async () => {
    const { username } = await newUser(postern);
    await failTimes(postern, 10, username);
    const locked = await attempt(from(postern), username, goodPassword);
    const wrong = await attempt(from(postern), newUsername(), goodPassword);
    expect(locked).toBeRefusedWith(['INVALID_CREDENTIALS']);
    expect(locked.text).toBe(wrong.text);
  });

  test('counts wrong passwords from zero again after nine failures and a success (R-19)', async () => {
    const { username } = await newUser(postern);
    await failTimes(postern, 9, username);
    expect(await attempt(from(postern), username, goodPassword)).toSucceed();
    await failTimes(postern, 9, username);
    expect(await attempt(from(postern), username, goodPassword)).toSucceed();
  });

  test('locks sign-in for a minute, then twice as long after every five failures, up to an hour (R-19)', async () => {
    const { username } = await newUser(postern);
    await failTimes(postern, 10, username);
    for (const minutes of [1, 2, 4, 8, 16, 32, 60]) {
      postern.clock.advance({ seconds: minutes * 60 - 1 });
      expect(await attempt(from(postern), username, goodPassword)).toBeRefusedWith(['INVALID_CREDENTIALS']);
      postern.clock.advance({ seconds: 1 });
      await failTimes(postern, 5, username);
    }
    postern.clock.advance({ hours: 1 });
    expect(await attempt(from(postern), username, goodPassword)).toSucceed();
  });

  test('forgets wrong passwords after 15 minutes without a new one (R-19)', async () => {
    const { username } = await newUser(postern);
    await failTimes(postern, 9, username);
    postern.clock.advance({ minutes: 15, seconds: 1 });
    await failTimes(postern, 9, username);
    expect(await attempt(from(postern), username, goodPassword)).toSucceed();
  });

  test('keeps known devices and sessions usable when unknown devices are locked out (R-19)', async () => {
    const user = await newUser(postern);
    const browser = await signIn(postern, user);
    browser.cookies.delete('postern_session');
    await failTimes(postern, 25, user.username);
    expect(await attempt(browser, user.username, goodPassword)).toSucceed();
    expect((await user.client.send('{ me { username } }')).data).toEqual({ me: { username: user.username } });
  });

  test('treats a known device as unknown after ten failures (R-19)', async () => {
    const user = await newUser(postern);
    const browser = await signIn(postern, user);
    browser.cookies.delete('postern_session');
    const devices = () =>
      query(
        postern.database,
        'select id from known_devices where account_id = (select id from accounts where username = ?)',
        [user.username],
      );
    const before = await devices();
    for (let n = 0; n < 11; n += 1) await attempt(browser, user.username, 'wrong-wrong');
    expect(await devices()).toHaveLength(before.length - 1);
    expect(await attempt(browser, user.username, goodPassword)).toSucceed();
  });

  test('counts wrong passwords together for all spellings of a username (R-21)', async () => {
    const { username } = await newUser(postern);
    const forms = [username, username.toUpperCase(), `ｕ${username.slice(1)}`];
    for (let n = 0; n < 10; n += 1) await attempt(from(postern), forms[n % 3]!, 'wrong-wrong');
    expect(await attempt(from(postern), username, goodPassword)).toBeRefusedWith(['INVALID_CREDENTIALS']);
    expect(
      await query(
        postern.database,
        'select failures from attempts where bucket = (select ? || id from accounts where username = ?)',
        ['password:stranger:', username],
      ),
    ).toEqual([{ failures: 10 }]);
  });

  test('counts failures and locks together for all spellings of an unknown username (R-21, R-24)', async () => {
    const counted = () =>
      query<{ failures: number; locked_until: string | null }>(
        postern.database,
        `select failures, locked_until from attempts where bucket like 'password:unknown:%'`,
      );
    const before = await counted();
    const forms = ['no.such.user', 'No.Such.User', 'ｎo.such.user'];
    for (let n = 0; n < 10; n += 1) await attempt(from(postern), forms[n % 3]!, 'wrong-wrong');
    const after = await counted();
    expect(after).toHaveLength(before.length + 1);
    expect(after).toContainEqual({ failures: 10, locked_until: expect.anything() });
  });

  test('verifies the password even during a lock, so that timing doesn’t reveal the lock (R-24)', async () => {
    const { username } = await newUser(postern);
    await failTimes(postern, 10, username);
    const hashing = watchHashing(postern);
    await failTimes(postern, 1, username);
    expect(hashing.asked).toBe(1);
  });

  test('rejects passwords in a locked session with the time to wait, without hashing them (R-7, R-24)', async () => {
    const { client } = await newUser(postern);
    const confirm = (password: string) =>
      client.send(
        'mutation ($input: ConfirmIdentityInput!) { confirmIdentity(input: $input) { userErrors { code } } }',
        { input: { password } },
      );
    for (let n = 0; n < 10; n += 1) expect(await confirm('wrong-wrong')).toBeRefusedWith(['INCORRECT_PASSWORD']);
    const hashing = watchHashing(postern);
    const answers = await Promise.all(Array.from({ length: 20 }, () => confirm(goodPassword)));
    for (const answer of answers) expect(answer).toFailWith('RATE_LIMITED');
    expect(hashing.asked).toBe(0);
  });

  test('counts every submitted password as an attempt, whatever its form (R-15)', async () => {
    const { username } = await newUser(postern);
    for (const password of ['', ' ', '\u0000', 'x'.repeat(4_000), 'ordinary'])
      await attempt(from(postern), username, password);
    expect(
      await query(
        postern.database,
        'select failures from attempts where bucket = (select ? || id from accounts where username = ?)',
        ['password:stranger:', username],
      ),
    ).toEqual([{ failures: 5 }]);
  });

  test('records one event per lock, and limits the number of rows for unknown names (R-23, R-96)', async () => {
    const { username } = await newUser(postern);
    await failTimes(postern, 14, username);
    const events = await query(
      postern.database,
      `select type from security_events where type = 'ATTEMPTS_LOCKED' and account_id = (select id from accounts where username = ?)`,
      [username],
    );
    expect(events).toHaveLength(1);
    const names = await query<{ bucket: string }>(
      postern.database,
      `select bucket from attempts where bucket like 'password:unknown:%'`,
    );
    expect(names.every(({ bucket }) => /^password:unknown:[0-9a-f]{4}$/.test(bucket))).toBe(true);
  });

  test('locks unknown devices out for a day after 50 failures in 24 hours, and emails once (D-12)', async () => {
    const user = await newUser(postern);
    const locks = () =>
      query(
        postern.database,
        "select id from security_events where type = 'ATTEMPTS_LOCKED' and account_id = (select id from accounts where username = ?)",
        [user.username],
      );
    for (let round = 0; round < 5; round += 1) {
      await failTimes(postern, 9, user.username);
      postern.clock.advance({ minutes: 16 });
    }
    expect(await locks()).toHaveLength(0);
    await failTimes(postern, 5, user.username);
    postern.clock.advance({ minutes: 16 });
    expect(await locks()).toHaveLength(1);
    for (const hours of [0, 23]) {
      postern.clock.advance({ hours });
      expect(await attempt(from(postern), user.username, goodPassword)).toBeRefusedWith(['INVALID_CREDENTIALS']);
    }
    expect(await locks()).toHaveLength(1);
    postern.clock.advance({ hours: 1 });
    expect(await attempt(from(postern), user.username, goodPassword)).toSucceed();
  });

  test('counts 24 hours from the first failure, and no attempt during a shorter lock (D-12)', async () => {
    const { username } = await newUser(postern);
    await failTimes(postern, 30, username);
    const daily = async () =>
      query<{ failures: number }>(
        postern.database,
        'select failures from attempts where bucket = (select ? || id from accounts where username = ?)',
        ['password:stranger-day:', username],
      );
    expect(await daily()).toEqual([{ failures: 10 }]);
    postern.clock.advance({ hours: 23 });
    await failTimes(postern, 1, username);
    expect(await daily()).toEqual([{ failures: 11 }]);
    expect(await attempt(from(postern), username, goodPassword)).toSucceed();
    expect(await daily()).toEqual([{ failures: 11 }]);
    postern.clock.advance({ hours: 1 });
    await failTimes(postern, 1, username, '198.51.101.7');
    expect(await daily()).toEqual([{ failures: 1 }]);
  });

  test('keeps a network usable from which the account signed in during the last 30 days (D-12)', async () => {
    const { username } = await newUser(postern);
    expect(await attempt(from(postern, '203.0.113.20'), username, goodPassword)).toSucceed();
    for (let round = 0; round < 5; round += 1) {
      await failTimes(postern, 10, username);
      postern.clock.advance({ hours: 1 });
    }
    expect(await attempt(from(postern), username, goodPassword)).toBeRefusedWith(['INVALID_CREDENTIALS']);
    expect(await attempt(from(postern, '203.0.113.77'), username, goodPassword)).toSucceed();
    expect(await attempt(from(postern, '203.0.114.77'), username, goodPassword)).toBeRefusedWith([
      'INVALID_CREDENTIALS',
    ]);
    await failTimes(postern, 10, username, '203.0.113.30');
    expect(await attempt(from(postern, '203.0.113.77'), username, goodPassword)).toBeRefusedWith([
      'INVALID_CREDENTIALS',
    ]);
    postern.clock.advance({ days: 31 });
    await failTimes(postern, 10, username);
    expect(await attempt(from(postern, '203.0.113.77'), username, goodPassword)).toBeRefusedWith([
      'INVALID_CREDENTIALS',
    ]);
  });

  test('stores locks in the database, so that they survive a restart (R-23)', async () => {
    const { username } = await newUser(postern);
    await failTimes(postern, 10, username);
    const [row] = await query<{ locked_until: Date }>(
      postern.database,
      'select locked_until from attempts where bucket = (select ? || id from accounts where username = ?)',
      ['password:stranger:', username],
    );
    expect(new Date(row!.locked_until).getTime()).toBeGreaterThan(postern.clock.read().getTime());
  });
});

describe('attempts from one address', () => {
  let postern: TestPostern;
  let user: TestUser;
  beforeAll(async () => {
    postern = await startPostern({ LIMITS: 'on', TRUSTED_PROXIES: '127.0.0.1' });
    user = await newUser(postern);
  });
  afterAll(() => postern.close());

  test('limits an IP address to 30 failures across all accounts, with the time to wait (R-19, R-24)', async () => {
    for (let n = 0; n < 30; n += 1)
      expect(await attempt(from(postern, '192.0.2.1'), newUsername(), 'wrong-wrong')).toBeRefusedWith([
        'INVALID_CREDENTIALS',
      ]);
    const refused = await attempt(from(postern, '192.0.2.1'), user.username, goodPassword);
    expect(refused).toFailWith('RATE_LIMITED');
    expect(refused.errors[0]!.extensions['retryAfterSeconds']).toBeGreaterThan(0);
    expect(await attempt(from(postern, '192.0.2.2'), user.username, goodPassword)).toSucceed();
  });

  test('doesn’t count attempts with the right password against the IP address', async () => {
    for (let n = 0; n < 35; n += 1)
      expect(await attempt(from(postern, '192.0.2.3'), user.username, goodPassword)).toSucceed();
  });

  test('counts a /64 as one IP address, and IPv4 with its IPv6-mapped form (R-21)', async () => {
    for (let n = 0; n < 30; n += 1)
      await attempt(from(postern, `2001:db8:1:2::${n + 1}`), newUsername(), 'wrong-wrong');
    expect(await attempt(from(postern, '2001:db8:1:2:ffff::1'), user.username, goodPassword)).toFailWith(
      'RATE_LIMITED',
    );
    expect(await attempt(from(postern, '2001:db8:1:3::1'), user.username, goodPassword)).toSucceed();
    for (let n = 0; n < 30; n += 1) await attempt(from(postern, '192.0.2.4'), newUsername(), 'wrong-wrong');
    expect(await attempt(from(postern, '::ffff:192.0.2.4'), user.username, goodPassword)).toFailWith('RATE_LIMITED');
  });

  test('lets a known device sign in whatever others at its IP address did wrong (R-19)', async () => {
    const browser = Object.assign(await signIn(postern, user), { headers: { 'x-forwarded-for': '192.0.2.7' } });
    browser.cookies.delete('postern_session');
    for (let n = 0; n < 31; n += 1) await attempt(from(postern, '192.0.2.7'), newUsername(), 'wrong-wrong');
    expect(await attempt(from(postern, '192.0.2.7'), user.username, goodPassword)).toFailWith('RATE_LIMITED');
    expect(await attempt(browser, user.username, goodPassword)).toSucceed();
  });

  test('counts a right password against the IP address until the second factor is verified (R-24)', async () => {
    const owner = await newTwoFactorUser(postern);
    const ip = '192.0.2.8';
    for (let n = 0; n < 31; n += 1) await attempt(from(postern, ip), owner.username, goodPassword);
    expect(await attempt(from(postern, ip), owner.username, goodPassword)).toFailWith('RATE_LIMITED');
    for (let n = 0; n < 35; n += 1) {
      const challenge = await openChallenge(from(postern, '192.0.2.9'), owner);
      const factor = { totpCode: await owner.app.nextCode() };
      expect(await verifySecondFactor(from(postern, '192.0.2.9'), challenge, factor)).toSucceed();
    }
  });

  test('refunds an attempt at an IP address only within its window, and never as a credit (R-15)', async () => {
    const { rateLimits } = ruleContext(postern);
    const points = () =>
      query<{ points: number }>(postern.database, "select points from rate_limits where key = 'password:192.0.2.10'");
    const endWindow = () =>
      query(postern.database, "update rate_limits set expire = 1 where key = 'password:192.0.2.10'");
    const earlier = [await rateLimits.take('password', '192.0.2.10'), await rateLimits.take('password', '192.0.2.10')];
    await rateLimits.refund(earlier[0]!);
    expect(await points()).toEqual([{ points: 1 }]);
    await endWindow();
    await rateLimits.refund(earlier[1]!);
    await rateLimits.refundSuccess('password', '192.0.2.10');
    expect(await points()).toEqual([{ points: 1 }]);
    await rateLimits.take('password', '192.0.2.10');
    await rateLimits.refund({ ...earlier[1]!, windowEnd: earlier[1]!.windowEnd - 60_000 });
    expect(await points()).toEqual([{ points: 1 }]);
    for (let n = 0; n < 3; n += 1) await rateLimits.refundSuccess('password', '192.0.2.10');
    expect(await points()).toEqual([{ points: 0 }]);
  });

  test('limits an IP address to ten setup attempts an hour', async () => {
    const setUp = () => completeSetupAs(from(postern, '192.0.2.6'), { setupToken: newToken('setup') });
    for (let n = 0; n < 10; n += 1) expect(await setUp()).toBeRefusedWith(['INVALID_TOKEN', 'setupToken']);
    expect(await setUp()).toFailWith('RATE_LIMITED');
  });

  test('limits an IP address to ten sign-ups an hour', async () => {
    const register = () =>
      from(postern, '192.0.2.5').send(
        'mutation ($input: RegisterInput!) { register(input: $input) { userErrors { code } } }',
        {
          input: { username: newUsername(), password: goodPassword, confirmPassword: goodPassword },
        },
      );
    for (let n = 0; n < 10; n += 1) expect(await register()).toSucceed();
    expect(await register()).toFailWith('RATE_LIMITED');
  });
});
