import pg from 'pg';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Answer } from '../support/client.js';
import { eventually } from '../support/eventually.js';
import { openRaceDatabase, type RaceDatabase } from '../support/race-database.js';
import { registerAt, type Registered } from '../support/registrations.js';
import { cleanUp, startServer, type ServerProcess } from '../support/server-process.js';
import { goodPassword } from '../support/users.js';

/** On PostgreSQL, with one server process. */
let database: RaceDatabase;
let server: ServerProcess;
let user: Registered;
beforeAll(async () => {
  database = await openRaceDatabase();
  server = await startServer({
    DATABASE_URL: database.url,
    LIMITS: 'on',
    TRUSTED_PROXIES: '127.0.0.1',
    MAX_WAITING_SIGN_INS: '4',
    MAX_CONCURRENT_REQUESTS_PER_ACCOUNT: '40',
  });
  user = await registerAt(server);
});
afterAll(async () => {
  await cleanUp();
  await database.drop();
});

const login = 'mutation ($input: LoginInput!) { login(input: $input) { userErrors { code } } }';
const setLocale = 'mutation { setLocale(input: { locale: EN }) { userErrors { code } } }';

const signIn = (ip: string, password = goodPassword, username = user.username) =>
  Object.assign(server.client(), { headers: { 'x-forwarded-for': ip } }).send(login, {
    input: { login: username, password },
  });

/** Holds a lock on a table during some work. */
async function whileLocked<Result>(table: string, work: () => Promise<Result>): Promise<Result> {
  const holder = new pg.Client({ connectionString: database.url });
  await holder.connect();
  try {
    await holder.query(`begin; lock table ${table} in access exclusive mode`);
    return await work();
  } finally {
    await holder.end();
  }
}

/** After this time the server gives up a read that waits for a lock. Reads behind it would take at least as long. */
const LOCK_TIMEOUT_MS = 450;

const isUnavailable = ({ errors }: Answer<unknown>) => errors[0]?.extensions['code'] === 'SERVICE_UNAVAILABLE';

function expectUnavailable(answer: Answer<unknown>): void {
  expect(answer).toFailWith('SERVICE_UNAVAILABLE');
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
  expect(answer.errors[0]!.message).toBe('The server is busy. Try again in 5 seconds.');
}

test('answers SERVICE_UNAVAILABLE to reads, sign-ins and changes while accounts are locked (D-11)', async () => {
  const answers = await whileLocked('accounts', () =>
    Promise.all([
      ...Array.from({ length: 10 }, () => user.client.send('{ me { id } }')),
      signIn('198.51.100.1'),
      user.client.send(setLocale),
    ]),
  );
  answers.forEach(expectUnavailable);
  expect((await user.client.send('{ me { id } }')).data).toEqual({ me: { id: user.id } });
});

test('lets a slow read fail alone: others use another connection meanwhile (D-11)', async () => {
  await whileLocked('backup_codes', async () => {
    let isOver = false;
    const readSlowly = async () => {
      while (!isOver) expectUnavailable(await user.client.send('{ me { twoFactor { backupCodesLeft } } }'));
    };
    const slow = [readSlowly(), readSlowly(), readSlowly()];
    let fast = 0;
    for (let n = 0; n < 30; n += 1) {
      const startedAt = performance.now();
      expect((await user.client.send('{ me { id } }')).data).toEqual({ me: { id: user.id } });
      if (performance.now() - startedAt < LOCK_TIMEOUT_MS) fast += 1;
    }
    isOver = true;
    await Promise.all(slow);
    // A few may be sent behind a slow read before its connection counts as stalled.
    expect(fast).toBeGreaterThan(20);
  });
});

test('rejects sign-ins beyond the queue without an attempt, and serves other networks in turn (D-11)', async () => {
  const flood = Array.from({ length: 60 }, () => signIn('198.51.100.2', 'wrong-wrong', 'nobody.here'));
  const [other, ...answers] = await Promise.all([signIn('203.0.113.3'), ...flood]);
  expect(other.data).toEqual({ login: { userErrors: [] } });
  const rejected = answers.filter(isUnavailable);
  rejected.forEach(expectUnavailable);
  const verified = answers.length - rejected.length;
  expect(rejected.length).toBeGreaterThan(20);
  const [counted] = await database.query<{ points: number }>(
    "select points from rate_limits where key = 'password:198.51.100.2'",
  );
  expect(counted).toEqual({ points: verified });
});

test('limits the concurrent requests of one account, and no other’s (D-11)', async () => {
  const other = await registerAt(server);
  const read = ({ client }: Registered) => client.send('{ me { twoFactor { backupCodesLeft } } }');
  // A read that fails by the lock has data; a request beyond the limit has none.
  const isRejected = (answer: Answer<unknown>) => isUnavailable(answer) && answer.data === null;
  let rejected = 0;
  const requests = await whileLocked('backup_codes', async () => {
    const many = Array.from({ length: 60 }, async () => {
      const answer = await read(user);
      if (isRejected(answer)) rejected += 1;
      return answer;
    });
    const few = Array.from({ length: 5 }, () => read(other));
    await eventually(() => Promise.resolve(rejected > 0), 'a rejection');
    return { many, few };
  });
  expect((await Promise.all(requests.few)).filter(isRejected)).toEqual([]);
  expect((await Promise.all(requests.many)).filter(isRejected).length).toBe(rejected);
  expect((await read(user)).errors).toEqual([]);
});

test('frees the place of each request that another limit rejects, fails or is abandoned (D-11)', async () => {
  const one = await registerAt(server);
  const send = (query: string, variables: object) => one.client.send(query, { ...variables });
  const confirm = `mutation ($password: String!, $list: [ID!] = ["callkey_1"]) {
    changePassword(input: { currentPassword: $password, newPassword: "short", confirmPassword: "short" }) {
      userErrors { code }
    }
    deleteCallKeys(input: { ids: $list }) { userErrors { code } }
  }`;
  const good = { password: goodPassword };
  expect((await send(confirm, good)).errors).toEqual([]);
  for (let n = 0; n < 30; n += 1) {
    // The document was validated before, and only its variables exceed a limit.
    const rejected = await send(confirm, { ...good, list: Array.from({ length: 101 }, () => 'callkey_1') });
    expect(rejected).toFailWith('BAD_REQUEST');
    await send(confirm, { password: 7 });
    const abandoned = new AbortController();
    const request = fetch(`${server.url}/graphql`, {
      method: 'POST',
      signal: abandoned.signal,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${one.client.token}` },
      body: JSON.stringify({ query: confirm, variables: good }),
    }).catch(() => undefined);
    abandoned.abort();
    await request;
  }
  expect((await send(confirm, good)).errors).toEqual([]);
  expect((await signIn('198.51.100.9', goodPassword, one.username)).data).toEqual({ login: { userErrors: [] } });
});

test('lets known devices, sessions and resets pass while strangers flood sign-in (R-19, D-11)', async () => {
  const one = await registerAt(server);
  const browser = server.client();
  await browser.send(login, { input: { login: one.username, password: goodPassword, delivery: 'COOKIE' } });
  browser.cookies.delete('postern_session');
  let isOver = false;
  const flood = Array.from({ length: 40 }, async (_unused, n) => {
    while (!isOver) await signIn(`2001:db8:1:${n.toString(16)}::1`, 'wrong-wrong', `nobody.${n}`);
  });
  const reset = 'mutation ($input: ResetPasswordInput!) { resetPassword(input: $input) { userErrors { code } } }';
  const confirm = 'mutation ($input: ConfirmIdentityInput!) { confirmIdentity(input: $input) { userErrors { code } } }';
  try {
    for (let n = 0; n < 3; n += 1) {
      const answer = await browser.send(login, { input: { login: one.username, password: goodPassword } });
      expect(answer).toMatchObject({ errors: [], data: { login: { userErrors: [] } } });
      browser.cookies.delete('postern_session');
      expect((await one.client.send(confirm, { input: { password: 'wrong-wrong' } })).data).toEqual({
        confirmIdentity: { userErrors: [{ code: 'INCORRECT_PASSWORD' }] },
      });
      const input = { token: 'psr_none', newPassword: goodPassword, confirmPassword: goodPassword };
      expect((await server.client().send(reset, { input })).data).toEqual({
        resetPassword: { userErrors: [{ code: 'INVALID_TOKEN' }] },
      });
    }
  } finally {
    isOver = true;
    await Promise.all(flood);
  }
});
