import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { query } from '../../support/database.js';
import { goodPassword, newUser, signIn } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { cleanUp, migratedFolder, startServer } from '../../support/server-process.js';

const MEBIBYTE = 1_024 * 1_024;

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());
afterAll(cleanUp);

test('uses the memory of at most four hashes for 500 concurrent sign-ins, and stays responsive (R-7)', async () => {
  const server = await startServer({
    DATA_DIR: migratedFolder(),
    ARGON2_MEMORY_KIB: '65536',
    ARGON2_ITERATIONS: '3',
    ARGON2_PARALLELISM: '4',
  });
  const username = 'overloaded';
  await server.client().send('mutation ($input: RegisterInput!) { register(input: $input) { userErrors { code } } }', {
    input: { username, password: goodPassword, confirmPassword: goodPassword },
  });
  const login = () =>
    server.client().send('mutation ($input: LoginInput!) { login(input: $input) { userErrors { code } } }', {
      input: { login: username, password: goodPassword },
    });
  const burst = () => Promise.all(Array.from({ length: 500 }, login));
  // The baseline of a server that has run for a while: compiled code, a grown heap, the pages of the embedded database.
  await burst();
  const base = server.process.residentBytes;
  let peak = base;
  const latencies: number[] = [];
  let settled = false;
  const logins = burst().finally(() => {
    settled = true;
  });
  const client = server.client();
  while (!settled) {
    const start = performance.now();
    await client.send('{ __typename }');
    latencies.push(performance.now() - start);
    peak = Math.max(peak, server.process.residentBytes);
  }
  const answers = await logins;
  const busy = answers.filter(({ errors }) => errors[0]?.extensions['code'] === 'SERVICE_UNAVAILABLE').length;
  const p95 = latencies.sort((one, other) => one - other)[Math.floor(latencies.length * 0.95)]!;
  process.stdout.write(
    `${busy} of 500 told to come back, __typename p95 ${p95.toFixed(0)} ms over ${latencies.length}, memory +${Math.round((peak - base) / MEBIBYTE)} MiB\n`,
  );
  expect(busy).toBeGreaterThan(0);
  expect(
    answers.every(
      ({ status, errors }) =>
        status === (errors.length > 0 ? 503 : 200) &&
        errors.every(({ extensions }) => extensions['code'] === 'SERVICE_UNAVAILABLE'),
    ),
  ).toBe(true);
  expect(p95).toBeLessThan(200);
  expect(peak - base).toBeLessThan((4 * 64 + 100) * MEBIBYTE);
});

test('keeps a lock in force and the table small after 200,000 failures with made-up names (R-23)', async () => {
  const victim = await newUser(postern);
  for (let n = 0; n < 10; n += 1) await signIn(postern, { ...victim, password: 'wrong-wrong' });
  await query(
    postern.database,
    `
    insert into attempts (bucket, failures, locked_until, forgotten_at)
    select 'password:unknown:' || lpad(to_hex(n * 7919 % 65536), 4, '0'), count(*), null, now() + interval '15 minutes' from generate_series(1, 200000) n group by 1`,
  );
  const [{ count } = { count: 0 }] = await query<{ count: string | number }>(
    postern.database,
    'select count(*) as count from attempts',
  );
  expect(Number(count)).toBeLessThanOrEqual(65_536 + 10);
  const client = await signIn(postern, victim);
  expect((await client.send('{ me { id } }')).data).toEqual({ me: null });
});
