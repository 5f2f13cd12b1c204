import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { openRaceDatabase, type RaceDatabase } from '../support/race-database.js';
import { registerAt } from '../support/registrations.js';
import { cleanUp, startServer, type ServerProcess } from '../support/server-process.js';

let database: RaceDatabase;
beforeAll(async () => {
  database = await openRaceDatabase();
});
afterEach(cleanUp);
afterAll(() => database.drop());

const SECOND_SIGNAL_MS = 1_000;

/** Stops a server during a sign-up that waits for a lock, and releases the lock after some work. */
async function stopDuringSignUp(whileItRuns: (server: ServerProcess) => Promise<void>) {
  const server = await startServer({ DATABASE_URL: database.url });
  const holder = new pg.Client({ connectionString: database.url });
  await holder.connect();
  await holder.query('begin');
  await holder.query('lock table accounts in share mode');
  const signUp = registerAt(server).then(
    ({ username }) => username,
    () => null,
  );
  await eventually(async () => {
    const waiting = await database.query("select 1 from pg_stat_activity where wait_event_type = 'Lock'");
    return waiting.length > 0;
  }, 'a sign-up that waits');
  server.process.child.kill('SIGTERM');
  await server.process.until(({ stdout }) => stdout.includes('SIGTERM received'));
  await whileItRuns(server);
  await holder.end();
  return { username: await signUp, ended: await server.process.ended };
}

test('finishes a running request when the same signal comes twice', async () => {
  const { username, ended } = await stopDuringSignUp(({ process: { child } }) => {
    child.kill('SIGTERM');
    return Promise.resolve();
  });
  expect(username).not.toBeNull();
  expect(ended).toMatchObject({ code: 0, stderr: '' });
});

test('waits for no request after a later second signal, and exits in order', async () => {
  const { username, ended } = await stopDuringSignUp(async ({ process: { child, until }, process }) => {
    const signaledAt = performance.now();
    await eventually(() => performance.now() - signaledAt > SECOND_SIGNAL_MS, 'another second');
    child.kill('SIGINT');
    await until.call(process, ({ stdout }) => stdout.includes('SIGINT received again'));
  });
  expect(username).toBeNull();
  expect(ended).toMatchObject({ code: 0, stderr: '' });
});
