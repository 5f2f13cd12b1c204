import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { eventually } from '../support/eventually.js';
import { openRaceDatabase, type RaceDatabase } from '../support/race-database.js';
import { cleanUp, startServer, type ServerProcess } from '../support/server-process.js';
import { openProxy, type TcpProxy } from '../support/tcp-proxy.js';
import { registerAt, type Registered } from '../support/registrations.js';

let database: RaceDatabase;
let proxy: TcpProxy;
let server: ServerProcess;
let user: Registered;

beforeAll(async () => {
  database = await openRaceDatabase();
  proxy = await openProxy(database.url);
  server = await startServer({ DATABASE_URL: proxy.url });
  user = await registerAt(server);
});
afterEach(() => proxy.restore());
afterAll(async () => {
  await cleanUp();
  await proxy.close();
  await database.drop();
});

/** How long a caller waits for a response while the database is down (in ms). */
const ANSWER_MS = 2_000;

const login = 'mutation ($input: LoginInput!) { login(input: $input) { userErrors { code } } }';
const register = 'mutation ($input: RegisterInput!) { register(input: $input) { userErrors { code } } }';
const password = 'Quiet-Harbour-71';

/** How long a request waits for its turn (in ms). */
const QUEUE_MS = 5_000;

/** A read with a session, a sign-in and a sign-up, which use the database in different ways. */
const requests = {
  me: () => user.client.send('{ me { id } }'),
  login: () => server.client().send(login, { input: { login: user.username, password } }),
  register: () =>
    server.client().send(register, { input: { username: 'nobody-yet', password, confirmPassword: password } }),
};

async function expectUnavailable(request: () => ReturnType<typeof requests.me>): Promise<void> {
  const startedAt = performance.now();
  const answer = await request();
  expect(performance.now() - startedAt).toBeLessThan(ANSWER_MS);
  expect(answer).toFailWith('SERVICE_UNAVAILABLE');
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
  expect(answer.errors).toHaveLength(1);
  expect(answer.errors[0]!.extensions).toEqual({ code: 'SERVICE_UNAVAILABLE', retryAfterSeconds: 5 });
  expect(answer.text).not.toMatch(/connection|timeout|ECONN|127\.0\.0\.1|postgres|select|node_modules/i);
}

async function readiness(): Promise<number> {
  const startedAt = performance.now();
  const response = await fetch(`${server.url}/readyz`);
  expect(performance.now() - startedAt).toBeLessThan(ANSWER_MS);
  const database = { name: 'database', reason: 'the database does not answer', status: 'unavailable' };
  if (response.status !== 200)
    expect(await response.json()).toMatchObject({ status: 'unavailable', parts: expect.arrayContaining([database]) });
  return response.status;
}

async function expectRecovery(): Promise<void> {
  const deadline = performance.now() + 10_000;
  while ((await readiness()) !== 200) expect(performance.now()).toBeLessThan(deadline);
  expect((await requests.me()).data).toEqual({ me: { id: user.id } });
  expect((await requests.login()).data).toEqual({ login: { userErrors: [] } });
  const newcomer = await registerAt(server);
  expect(await database.query('select username from accounts where username = $1', [newcomer.username])).toHaveLength(
    1,
  );
  expect(server.process.child.exitCode).toBeNull();
}

/** Ends every session of the server, as a restart of PostgreSQL does. */
const endSessions = () =>
  database.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'postern%' and datname = current_database()",
  );

/** Uses each connection of the server's pools, so the outage finds them open. */
const useEveryConnection = () => Promise.all(Array.from({ length: 12 }, () => registerAt(server)));

test.each([
  ['breaks its connections', () => proxy.cut()],
  ['freezes', () => proxy.freeze()],
])(
  'answers SERVICE_UNAVAILABLE within two seconds while the database %s, then recovers (D-11)',
  async (_, takeAway) => {
    await useEveryConnection();
    await takeAway();
    await Promise.all(Object.values(requests).map(expectUnavailable));
    expect(await readiness()).toBe(503);
    expect((await fetch(`${server.url}/livez`)).status).toBe(200);
    // Again, now that the server knows about the outage.
    await Promise.all(Object.values(requests).map(expectUnavailable));
    expect(await readiness()).toBe(503);
    await proxy.restore();
    await expectRecovery();
    expect(await database.query("select 1 from accounts where username = 'nobody-yet'")).toEqual([]);
  },
);

test('ends running and waiting requests in time when the database freezes (D-11)', async () => {
  await useEveryConnection();
  const answers = Array.from({ length: 20 }, async (_unused, number) => {
    const startedAt = performance.now();
    const answer = await server
      .client()
      .send(register, { input: { username: `under-way-${number}`, password, confirmPassword: password } });
    return { answer, tookMs: performance.now() - startedAt };
  });
  await Promise.race(answers);
  const frozenAt = performance.now();
  await proxy.freeze();
  const settled = await Promise.all(answers);
  expect(performance.now() - frozenAt).toBeLessThan(QUEUE_MS + ANSWER_MS + 1_000);
  const failed = settled.filter(({ answer }) => answer.errors.length > 0);
  expect(failed.length).toBeGreaterThan(0);
  for (const { answer } of failed) expect(answer).toFailWith('SERVICE_UNAVAILABLE');
  await proxy.restore();
  await expectRecovery();
});

test('recovers when PostgreSQL closes all connections', async () => {
  await useEveryConnection();
  await endSessions();
  await expectRecovery();
});

test('is not ready while the database is read-only, answers SERVICE_UNAVAILABLE to changes, and recovers', async () => {
  const name = new URL(database.url).pathname.slice(1);
  await database.query(`alter database ${name} set default_transaction_read_only = on`);
  await endSessions();
  await expectUnavailable(requests.login);
  const response = await fetch(`${server.url}/readyz`);
  expect([response.status, await response.json()]).toMatchObject([
    503,
    {
      parts: expect.arrayContaining([{ name: 'database', status: 'unavailable', reason: 'the database is read-only' }]),
    },
  ]);
  await database.query(`alter database ${name} reset default_transaction_read_only`);
  await endSessions();
  await expectRecovery();
});

test('stays ready while a read waits for a lock', async () => {
  const locker = new pg.Client({ connectionString: database.url });
  await locker.connect();
  await locker.query('begin; lock table sessions in access exclusive mode');
  const reads = Array.from({ length: 8 }, requests.me);
  const waiting = () => database.query("select 1 from pg_locks where not granted and relation = 'sessions'::regclass");
  await eventually(async () => (await waiting()).length > 0, 'a read waits for the lock');
  expect(await readiness()).toBe(200);
  await locker.query('rollback');
  await locker.end();
  expect((await Promise.all(reads)).flatMap(({ errors }) => errors)).toEqual([]);
});
