import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { hours, inSeconds } from '../../src/duration.js';
import { fork } from '../../src/database/connection/database.js';
import { newId } from '../../src/database/connection/id.js';
import { openPostgresql } from '../../src/database/connection/postgresql.js';
import { createMailbox, openMailQueue } from '../../src/features/mail/delivery/mail-queue.js';
import { createLogger } from '../../src/telemetry/logger.js';
import { eventually } from '../support/eventually.js';
import { codeIn, MailServer } from '../support/mail-server.js';
import { openRaceDatabase, type RaceDatabase } from '../support/race-database.js';
import { registerAt } from '../support/registrations.js';
import { cleanUp, runCommand, startServer, type ServerProcess } from '../support/server-process.js';
import { newAddress } from '../support/users.js';

const AHEAD_MS = hours(2);
const shiftClock = pathToFileURL(join(import.meta.dirname, '../support/shift-clock.js')).href;

let database: RaceDatabase;
let mail: MailServer;
let ahead: ServerProcess;
beforeAll(async () => {
  [database, mail] = [await openRaceDatabase(), await MailServer.start()];
  ahead = await start(wrongClock);
});
afterAll(async () => {
  await cleanUp();
  await mail.close();
  await database.drop();
});

/** Preloads a file that shifts the clock. */
const wrongClock = { NODE_OPTIONS: `--import ${shiftClock}`, CLOCK_SHIFT_MS: String(AHEAD_MS) };

const start = (settings: Record<string, string> = {}) =>
  startServer({ DATABASE_URL: database.url, SMTP_URL: mail.url, EVENT_SEAL_SECONDS: '1', ...settings });

const readiness = async ({ url }: ServerProcess) => {
  const response = await fetch(`${url}/readyz`);
  return { status: response.status, ...((await response.json()) as object) };
};

const count = async (from: string) =>
  Number((await database.query<{ n: string }>(`select count(*) as n from ${from}`))[0]!.n);

/** Queues the code of a request that a right clock has just made, while only the process ahead runs. */
async function queueCode(email: string): Promise<void> {
  const right = await openPostgresql(database.url);
  const queue = await openMailQueue(right, createLogger('silent'));
  const [id, { username }] = [newId(new Date()), await registerAt(ahead)];
  await database.query(
    `insert into email_verifications (account_id, id, auth_version, email, email_key, attempts, created_at, expires_at)
     select accounts.id, $1, auth_version, $2, $2, 0, now(), now() + interval '10 minutes' from accounts where username = $3`,
    [id, email, username],
  );
  await createMailbox(queue).post(fork(right), { kind: 'VERIFICATION_CODE', verificationId: id });
  await queue.stop();
  await right.close();
}

test('is not ready while its clock is two hours ahead, and logs and counts the difference', async () => {
  const reason = 'the clock of this machine is more than a minute from the database’s';
  expect(await readiness(ahead)).toMatchObject({
    status: 'unavailable',
    parts: expect.arrayContaining([
      { name: 'database', status: 'ok' },
      { name: 'clock', status: 'unavailable', reason },
    ]),
  });
  const differences = ahead.process.lines.flatMap(({ differenceSeconds }) => differenceSeconds ?? []);
  expect(differences).toEqual([inSeconds(AHEAD_MS)]);
  const metrics = await (await fetch(`${ahead.url}/metrics`)).text();
  const [, gauge] = /^postern_clock_difference_seconds (\S+)$/m.exec(metrics) ?? [];
  expect(Number(gauge)).toBeCloseTo(inSeconds(AHEAD_MS), -1);
});

test.each([
  ['events', 'seal'],
  ['keys', 'rotate'],
  ['usage', 'purge', '--before', '2020-01'],
])('refuses to run %s %s while the clock is wrong', async (...argv) => {
  expect(await runCommand(argv, { DATABASE_URL: database.url, ...wrongClock })).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining('Set the clock and try again.'),
  });
});

test('leaves emails and seals to an instance whose clock is right (R-97)', async () => {
  const email = newAddress();
  await queueCode(email);
  const right = await start();
  expect(await readiness(right)).toMatchObject({ status: 'ok' });
  expect(codeIn(await mail.mailTo(email))).toMatch(/^\d{6}$/);
  const jobs = "pgboss.job where name = 'mail'";
  await eventually(async () => (await count(`${jobs} and state = 'completed'`)) === 1, 'the end of the job');
  expect(await count(`${jobs} and retry_count > 0`)).toBe(0);
  await eventually(async () => (await count('event_seals')) > 0, 'a seal');
  expect(await count("event_seals where sealed_at > now() + interval '1 minute'")).toBe(0);
});
