import type { Command } from 'commander';
import { loadConfig, type Config } from '../config/config.js';
import { fork, type Database } from '../database/connection/database.js';
import { hasEmbedded } from '../database/connection/embedded-folder.js';
import { openDatabase } from '../database/connection/open-database.js';
import { ensureSuitable } from '../database/connection/ensure-suitable.js';
import { pendingMigrations } from '../database/migrate/applied-migrations.js';
import { printResult, ChecksFailedError } from './print-result.js';
import { missingDatabase } from './with-database.js';
import { runCheck, checkContents, checkMailServer, checkSettings, type CheckResult } from './checks.js';

/** `postern check`. */
export function addCheckCommand(program: Command): void {
  program
    .command('check')
    .description('check settings, mail server, database, migrations, keys and seals; changes nothing')
    .addHelpText('after', '\nExit code 2: a check failed.')
    .action(check);
}

async function check(_options: object, command: Command): Promise<void> {
  const findings: CheckResult[] = [];
  for await (const finding of runChecks()) {
    findings.push(finding);
    printResult(command, `${finding.ok ? 'OK  ' : 'FAIL'} ${finding.name}: ${finding.message}`, finding);
  }
  if (findings.some(({ ok }) => !ok)) throw new ChecksFailedError();
}

/** Checks from the outside in: a failed check skips those that depend on it. */
async function* runChecks(): AsyncGenerator<CheckResult> {
  const config = await runCheck('settings', () => loadConfig());
  if ('name' in config) {
    yield config;
    return;
  }
  yield* checkSettings(config);
  yield await checkMailServer(config);
  yield* checkDatabase(config);
}

async function* checkDatabase(config: Config): AsyncGenerator<CheckResult> {
  if (!config.database.url && !hasEmbedded(config.database.directory)) {
    yield {
      name: 'database',
      ok: false,
      message: missingDatabase(config.database.directory),
    };
    return;
  }
  const database = await runCheck('database', () => openAndPing(config.database));
  if ('name' in database) {
    yield database;
    return;
  }
  try {
    const suitable = await runCheck('database', () => describeDatabase(database, config));
    yield suitable;
    if (!suitable.ok) return;
    const pending = await runCheck('migrations', () => pendingMigrations(fork(database)));
    if ('name' in pending) yield pending;
    else if (pending.length > 0)
      yield {
        name: 'migrations',
        ok: false,
        message: `${pending.length} pending. Run "postern migrate", or start the server with POSTERN_MIGRATE_ON_START=on.`,
      };
    else yield* checkContents(database, config);
  } finally {
    await database.close();
  }
}

/** Checks what kind of database it is. */
async function describeDatabase(database: Database, { database: { pooler } }: Config): Promise<CheckResult> {
  const { schema, encoding } = await ensureSuitable(database);
  const kind = database.kind === 'embedded' ? 'the embedded database' : 'PostgreSQL';
  const through = pooler === 'transaction' ? ', through a pooler of transactions' : '';
  return {
    name: 'database',
    ok: true,
    message: `${kind} at ${database.location} is reachable${through} (schema ${schema}, encoding ${encoding})`,
  };
}

/** Opens a database and sends one statement, since opening PostgreSQL sends none. */
async function openAndPing(settings: Config['database']): Promise<Database> {
  const database = await openDatabase(settings);
  try {
    await fork(database).execute('select 1');
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}
