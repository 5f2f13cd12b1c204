import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { openRaceDatabase, type RaceDatabase } from '../support/race-database.js';
import { openProxy } from '../support/tcp-proxy.js';
import { registerAt } from '../support/registrations.js';
import {
  cleanUp,
  launch,
  startServer,
  temporaryFolder,
  type Environment,
  type ServerProcess,
  type TestProcess,
} from '../support/server-process.js';

let database: RaceDatabase;
let settings: Environment;
let server: ServerProcess;
beforeAll(async () => {
  database = await openRaceDatabase();
  settings = { DATABASE_URL: database.url, EVENT_SEAL_SECONDS: '1' };
  server = await startServer(settings);
});
afterAll(async () => {
  await cleanUp();
  await database.drop();
});

const TIMEOUT_MS = 300_000;

const follow = (...options: string[]): TestProcess =>
  launch(process.execPath, ['--liftoff-only', 'bin/postern.js', 'events', 'follow', '--json', ...options], settings);

/** The IDs in the complete lines of an output. */
const idsIn = ({ stdout }: TestProcess): string[] =>
  stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => (JSON.parse(line) as { id: string }).id);

/** The IDs of all sealed events, in their final order. */
const sealedIds = async () =>
  (
    await database.query<{ id: string }>(
      'select listed.id from event_seals cross join lateral unnest(event_ids) with ordinality as listed(id, position) order by number, position',
    )
  ).map(({ id }) => id);

/** Resolves when every event is sealed. */
const allSealed = () =>
  eventually(async () => {
    const [row] = await database.query<{ count: string }>('select count(*) from security_events');
    return (await sealedIds()).length === Number(row!.count);
  }, 'every event is sealed');

const register = (times: number) => Promise.all(Array.from({ length: times }, () => registerAt(server)));

test(
  'prints each event once, in order, across stops of the follower and kills of the server',
  async () => {
    const state = join(temporaryFolder(), 'state');
    const printed: string[] = [];
    for (let round = 0; round < 5; round += 1) {
      const follower = follow('--after', 'start', '--state', state);
      await register(8);
      if (round % 2 === 1) {
        await server.process.stop('SIGKILL');
        server = await startServer(settings);
      }
      await register(8);
      await follower.until(({ stdout }) => stdout.split('\n').length > 5);
      expect(await follower.stop(round === 2 ? 'SIGINT' : 'SIGTERM')).toMatchObject({
        code: 0,
        signal: null,
        stderr: '',
      });
      printed.push(...idsIn(follower));
    }
    await allSealed();
    const last = follow('--once', '--state', state);
    await last.ended;
    printed.push(...idsIn(last));
    expect(printed).toEqual(await sealedIds());
  },
  TIMEOUT_MS,
);

test(
  'repeats at most one line for each time that the follower is killed, and leaves none out',
  async () => {
    const state = join(temporaryFolder(), 'state');
    const printed: string[] = [];
    let repeated = 0;
    const add = (ids: readonly string[]) => {
      if (printed.length > 0 && ids[0] === printed.at(-1)) repeated += 1;
      printed.push(...(ids[0] === printed.at(-1) ? ids.slice(1) : ids));
    };
    for (let kills = 0; kills < 8; kills += 1) {
      const follower = follow('--after', 'start', '--state', state);
      await register(3);
      await follower.until(({ stdout }) => stdout.split('\n').length > 2);
      await follower.stop('SIGKILL');
      add(idsIn(follower));
    }
    await allSealed();
    const last = follow('--once', '--state', state);
    await last.ended;
    add(idsIn(last));
    expect(printed).toEqual(await sealedIds());
    expect(repeated).toBeLessThanOrEqual(8);
  },
  TIMEOUT_MS,
);

test('waits while the database is away, and then prints what happened meanwhile', async () => {
  await allSealed();
  const proxy = await openProxy(database.url);
  const state = join(temporaryFolder(), 'state');
  const follower = launch(
    process.execPath,
    ['--liftoff-only', 'bin/postern.js', 'events', 'follow', '--json', '--state', state],
    { ...settings, DATABASE_URL: proxy.url },
  );
  try {
    await eventually(() => existsSync(state), 'the follower has begun');
    const before = (await sealedIds()).length;
    await proxy.cut();
    await register(2);
    await allSealed();
    await eventually(() => follower.stderr !== '', 'a warning');
    await proxy.restore();
    const missed = (await sealedIds()).slice(before);
    await follower.until((running) => idsIn(running).length >= missed.length);
    const { code, stderr } = await follower.stop();
    expect({ code, ids: idsIn(follower) }).toEqual({ code: 0, ids: missed });
    expect(stderr).toMatch(/^Waiting for the database: .+\n$/);
  } finally {
    await proxy.close();
  }
});

test('leaves the state where it is when a line can’t be written, and says why', async () => {
  await register(1);
  await allSealed();
  const state = join(temporaryFolder(), 'state');
  const full = launch(
    'bash',
    [
      '--norc',
      '-c',
      `node --liftoff-only bin/postern.js events follow --json --after start --state '${state}' > /dev/full`,
    ],
    settings,
  );
  expect(await full.ended).toMatchObject({ code: 1, stderr: expect.stringContaining('no space left') });
  expect(readFileSync(state, 'utf8')).toBe('start\n');
});

test('ends without an error when its reader closes', async () => {
  await register(10);
  await allSealed();
  const reader = launch(
    'bash',
    [
      '--norc',
      '-c',
      'set -o pipefail; node --liftoff-only bin/postern.js events follow --json --after start | head -n 1',
    ],
    settings,
  );
  const { code, stdout, stderr } = await reader.ended;
  expect({ code, lines: stdout.split('\n').length, stderr }).toEqual({ code: 0, lines: 2, stderr: '' });
});
