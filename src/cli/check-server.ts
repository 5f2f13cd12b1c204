import { statfsSync } from 'node:fs';
import type { Config } from '../config/config.js';
import type { Database } from '../database/connection/database.js';
import { ensureSuitable } from '../database/connection/ensure-suitable.js';
import { MachineClock } from '../database/connection/machine-clock.js';
import { readServerFacts, type ServerFacts } from '../database/connection/server-facts.js';
import { ensureSessionDatabase } from '../database/connection/session-database.js';
import { inSeconds, seconds } from '../duration.js';
import { fail, ok, runCheck, warn, type CheckResult } from './check-result.js';

/** The versions of PostgreSQL that the tests use, by their major numbers. */
const TESTED_VERSIONS = { first: 15, last: 17 };

/** Connections of an instance besides those for changes: 6 for reads and health, 3 for the job queue. */
const FURTHER_CONNECTIONS = 9;

/** How far the clocks may be apart; with more than a minute, nothing is accepted (decision 037). */
const CLOCK_WARNING_MS = seconds(5);

/** With less than this many times the minimum, the disk of the embedded database is soon full. */
const DISK_WARNING_FACTOR = 3;

const BYTES_PER_MIB = 2 ** 20;

/** Checks what kind of database it is, and what its server and its disk are like. The first result is `database`. */
export async function* checkServer(database: Database, config: Config): AsyncGenerator<CheckResult> {
  yield await runCheck('database', () => describeDatabase(database, config));
  if (database.kind === 'embedded') {
    yield await runCheck('disk', () => checkDisk(config));
    return;
  }
  const facts = await runCheck('connections', () => readServerFacts(database));
  if ('name' in facts) yield facts;
  else yield* checkFacts(facts, config);
  yield await runCheck('clock', () => checkClock(database));
}

async function describeDatabase(database: Database, { database: settings }: Config): Promise<CheckResult> {
  const { schema, encoding } = await ensureSuitable(database);
  const session = await ensureSessionDatabase(database, settings);
  const kind = database.kind === 'embedded' ? 'the embedded database' : 'PostgreSQL';
  const through = session === null ? '' : `, through a pooler of transactions, and at ${session} with sessions`;
  return ok(
    'database',
    `${kind} at ${database.location} is reachable${through} (schema ${schema}, encoding ${encoding})`,
  );
}

function* checkFacts(facts: ServerFacts, { database: settings, capacity }: Config): Generator<CheckResult> {
  const major = Math.trunc(facts.version / 10_000);
  if (major < TESTED_VERSIONS.first || major > TESTED_VERSIONS.last)
    yield warn(
      'database',
      `PostgreSQL ${major} isn't tested. Use a version from ${TESTED_VERSIONS.first} to ${TESTED_VERSIONS.last}.`,
    );
  if (!facts.isPrivate)
    yield warn(
      'database',
      'The connection is not encrypted and leaves the private network. Add ?sslmode=verify-full to DATABASE_URL.',
    );
  if (settings.pooler === 'none') yield checkConnections(facts, capacity.connections + FURTHER_CONNECTIONS);
  yield facts.logsValues
    ? warn(
        'statement-log',
        'The log of PostgreSQL gets the values of statements, such as hashes. Set log_parameter_max_length = 0 there.',
      )
    : ok('statement-log', 'gets no values of statements');
}

function checkConnections({ connectionLimit, freeConnections }: ServerFacts, needed: number): CheckResult {
  const message = `an instance needs up to ${needed} of ${connectionLimit} connections; ${freeConnections} are free`;
  const advice = 'Raise max_connections or the limit of the role, or lower POSTERN_DATABASE_POOL_SIZE.';
  if (needed > connectionLimit) return fail('connections', `${message}. ${advice}`);
  if (needed > freeConnections) return warn('connections', `${message}. ${advice}`);
  return ok('connections', message);
}

async function checkClock(database: Database): Promise<CheckResult> {
  const clock = new MachineClock(database);
  await clock.check();
  const message = `${inSeconds(Math.abs(Math.trunc(clock.differenceMs)))} seconds from the database’s`;
  if (!clock.isRight)
    return fail('clock', `${message}. Set the clock of this machine: until then nothing is accepted.`);
  if (Math.abs(clock.differenceMs) > CLOCK_WARNING_MS)
    return warn('clock', `${message}. Set the clock of this machine, and keep it right with NTP.`);
  return ok('clock', message);
}

function checkDisk({ database: { directory, minFreeBytes } }: Config): CheckResult {
  const { bavail, bsize } = statfsSync(directory);
  const free = bavail * bsize;
  const message = `${Math.floor(free / BYTES_PER_MIB)} MiB are free in ${directory}; the database is read-only below ${minFreeBytes / BYTES_PER_MIB}`;
  if (free < minFreeBytes) return fail('disk', `${message}. Make room.`);
  return free < minFreeBytes * DISK_WARNING_FACTOR ? warn('disk', `${message}. Make room.`) : ok('disk', message);
}
