import { parseArgs } from 'node:util';
import { clonePostgresql } from '../test/support/clone-postgresql.ts';
import { openBackendCpu } from './compare/backend-cpu.ts';
import { CleanUp } from './compare/clean-up.ts';
import { startPostern } from './compare/postern-process.ts';
import { fire, type Load } from './load.ts';
import { forwardAuth, me } from './loads.ts';
import { signUp } from './people.ts';
import { median, summary } from './statistics.ts';

/**
 * Measures forward auth against `me` at the same server, by CPU time of server and database
 * (docs/evidence/measurements.md). `--rounds 9` sets the number of rounds.
 */
const {
  values: { rounds },
} = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });

const REQUESTS = 6_000;
/** V8 recompiles hot code, which a server that has run for a minute has already done. */
const WARM_UP_REQUESTS = 24_000;
const serverUrl = process.env['TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';

const cleanUp = new CleanUp();
try {
  const database = await cleanUp.keep(
    () => clonePostgresql(serverUrl, 'template1'),
    ({ drop }) => drop(),
  );
  const settings = { DATABASE_URL: database.url, POSTERN_LIMITS: 'off', POSTERN_ARGON2_MEMORY_KIB: '19456' };
  const server = await startPostern(process.cwd(), settings, cleanUp);
  const backends = await cleanUp.keep(
    () => openBackendCpu(serverUrl, database.url),
    ({ close }) => close(),
  );
  const users = await signUp(server.url, 8);
  const measure = async (load: Load): Promise<number> => {
    const before = await server.cpuTime();
    const databaseMs = await backends.measure(async () => void (await fire(load, server.url, users, REQUESTS)));
    return ((await server.cpuTime()) - before + databaseMs) / REQUESTS;
  };
  for (const load of [me, forwardAuth]) await fire(load, server.url, users, WARM_UP_REQUESTS);
  const measured: Record<'me' | 'forwardAuth', number[]> = { me: [], forwardAuth: [] };
  for (let round = 0; round < Number(rounds); round += 1) {
    measured.me.push(await measure(me));
    measured.forwardAuth.push(await measure(forwardAuth));
  }
  const ratio = median(measured.me.map((ms, round) => ms / measured.forwardAuth[round]!));
  process.stdout.write(
    `CPU ms of server and database for a request, median (least–most)\n  ${me.title}: ${summary(measured.me, 3)}\n  ${forwardAuth.title}: ${summary(measured.forwardAuth, 3)}\n  forward auth against me: ${ratio.toFixed(2)} (aim: 0.9)\n`,
  );
} finally {
  await cleanUp.run();
}
