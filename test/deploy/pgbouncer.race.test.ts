import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startConfigured, type Pgbouncer } from '../support/pgbouncer.js';
import { openRaceDatabase, type RaceDatabase } from '../support/race-database.js';
import { registerAt } from '../support/registrations.js';
import { cleanUp, startServer } from '../support/server-process.js';

const file = readFileSync(join(import.meta.dirname, '../../deploy/pgbouncer/pgbouncer.ini'), 'utf8');

/** A role that signs in with a password, as in compose.yaml. */
const role = `postern_pooled_${process.pid}`;
const password = 'a1b2c3d4e5f6';

let database: RaceDatabase;
let pooler: Pgbouncer | undefined;
let sessionUrl: string;

beforeAll(async () => {
  database = await openRaceDatabase({ empty: true });
  await database.query(`set password_encryption = 'scram-sha-256'`);
  await database.query(`create role ${role} superuser login password '${password}'`);
  const url = Object.assign(new URL(database.url), { username: role, password });
  sessionUrl = url.href;
  pooler = await startConfigured(sessionUrl, (port, users) =>
    file
      .replace(/^postern = .*$/m, `${url.pathname.slice(1)} = host=${url.hostname} port=${url.port || 5432}`)
      .replace(/^listen_port = .*$/m, `listen_port = ${port}`)
      .replace(/^auth_file = .*$/m, `auth_file = ${users}`),
  );
});
afterAll(async () => {
  await cleanUp();
  await pooler?.stop();
  await database.query(`drop owned by ${role} cascade`);
  await database.query(`drop role ${role}`);
  await database.drop();
});

test('starts two instances through PgBouncer with the configuration of deploy/, and creates users', async () => {
  const settings = { DATABASE_URL: pooler!.url, DATABASE_POOLER: 'transaction', DATABASE_SESSION_URL: sessionUrl };
  const [first, second] = await Promise.all([startServer(settings), startServer(settings)]);
  await Promise.all([registerAt(first), registerAt(second)]);
  expect(await database.query('select username from accounts')).toHaveLength(2);
  // PgBouncer asks for the password.
  const wrong = Object.assign(new URL(pooler!.url), { password: 'wrong' });
  await expect(startServer({ ...settings, DATABASE_URL: wrong.href })).rejects.toThrow(/password|SASL|authentication/i);
});
