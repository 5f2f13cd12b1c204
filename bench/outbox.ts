import { parseArgs } from 'node:util';
import pg from 'pg';
import { clonePostgresql } from '../test/support/clone-postgresql.ts';
import { openBackendCpu, type BackendCpu } from './compare/backend-cpu.ts';
import { signIn, signUp, type BenchUser } from './people.ts';
import { productionSettings, startServer, type Server } from './server-process.ts';
import { summary } from './statistics.ts';

/**
 * Measures sign-ins beside a webhook whose outbox is empty and full, by CPU time of server and database
 * (docs/evidence/measurements.md). `npm run bench:outbox` takes minutes; `-- --rows 1000000` is faster.
 */
const { values } = parseArgs({ options: { rows: { type: 'string', default: '10000000' } } });
const ROWS = Number(values.rows);

/** Fewer than the sign-ups that an address may make. */
const USERS = 8;
const SIGN_INS = 40;
const ROUNDS = 5;

/** One in a hundred deliveries waits for another attempt, which isn't due while the benchmark runs. */
const fill = `
  insert into webhook_deliveries (id, webhook_id, event_id, event_type, at, status, attempts, next_attempt_at)
  select gen_random_uuid(), (select id from webhooks), gen_random_uuid(), 'LOGIN_SUCCEEDED',
    now() - n * interval '0.2 seconds',
    case when n % 100 = 0 then 'PENDING' else 'DELIVERED' end, 1,
    case when n % 100 = 0 then now() + interval '1 day' end
  from generate_series(1, $1::bigint) as n`;

/** A webhook for sign-ins. Its address is refused, so nothing is sent, and what the sign-ins cause is retried later. */
const addWebhook = `
  insert into webhooks (id, url, description, event_types, status, created_at)
  values (gen_random_uuid(), 'https://192.0.2.1/', '', '{LOGIN_SUCCEEDED}', 'ACTIVE', now())`;

async function measure(server: Server, cpu: BackendCpu, users: readonly BenchUser[]): Promise<number> {
  const before = await server.cpuTime();
  const databaseMs = await cpu.measure(async () => {
    for (let count = 0; count < SIGN_INS; count += 1) await signIn(server.url, users[count % USERS]!);
  });
  return ((await server.cpuTime()) - before + databaseMs) / SIGN_INS;
}

async function report(title: string, server: Server, cpu: BackendCpu, users: readonly BenchUser[]): Promise<void> {
  const [clock, ms] = [performance.now(), [] as number[]];
  for (let round = 0; round < ROUNDS; round += 1) ms.push(await measure(server, cpu, users));
  const elapsedMs = (performance.now() - clock) / (ROUNDS * SIGN_INS);
  console.log(`${title.padEnd(40)}${summary(ms, 2)} CPU ms a sign-in, ${elapsedMs.toFixed(1)} ms by the clock`);
}

const serverUrl = process.env['TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';
const place = await clonePostgresql(serverUrl, 'template1');
const server = await startServer('postern', {
  ...productionSettings(place.url),
  POSTERN_ARGON2_MEMORY_KIB: '19456',
});
const client = new pg.Client({ connectionString: place.url });
await client.connect();
const cpu = await openBackendCpu(serverUrl, place.url);
try {
  const users = await signUp(server.url, USERS);
  await measure(server, cpu, users);
  await report('without a webhook', server, cpu, users);
  await client.query(addWebhook);
  await report('a webhook, an empty outbox', server, cpu, users);
  const start = performance.now();
  await client.query(fill, [ROWS]);
  await client.query('vacuum analyze webhook_deliveries');
  const seconds = Math.round((performance.now() - start) / 1_000);
  console.log(`${ROWS.toLocaleString('en')} deliveries loaded in ${seconds} s`);
  await report(`a webhook, ${ROWS.toLocaleString('en')} deliveries`, server, cpu, users);
} finally {
  await cpu.close();
  await client.end();
  await server.stop();
  await place.drop();
}
