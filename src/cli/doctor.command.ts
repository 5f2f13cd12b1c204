import type { Command } from 'commander';
import { loadConfig, type Config } from '../config/config.js';
import { fork, type Database } from '../database/connection/database.js';
import { hasEmbedded } from '../database/connection/embedded-folder.js';
import { openDatabase } from '../database/connection/open-database.js';
import { pendingMigrations } from '../database/migrate/applied-migrations.js';
import { checkContents } from './check-contents.js';
import { checkMailServer } from './check-mail.js';
import { fail, runCheck, type CheckResult } from './check-result.js';
import { checkServer } from './check-server.js';
import { checkSyslog } from './check-syslog.js';
import { checkTraces } from './check-traces.js';
import { checkProxies, checkSettings, checkUrl } from './check-settings.js';
import { ChecksFailedError, printResult } from './print-result.js';
import { missingDatabase } from './with-database.js';

/** `postern doctor`, which was `postern check`. */
export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .alias('check')
    .description(
      'check settings, mail server, database, migrations, keys and seals, and say what to do; changes nothing',
    )
    .option('--strict', 'exit with 2 for warnings, too')
    .addHelpText('after', '\nEach line is OK, WARN (works, but is risky) or FAIL. Exit code 2: a check failed.')
    .action(check);
}

async function check({ strict = false }: { strict?: boolean }, command: Command): Promise<void> {
  const results: CheckResult[] = [];
  for await (const result of runChecks()) {
    results.push(result);
    printResult(command, `${result.status.padEnd(4)} ${result.name}: ${result.message}`, result);
  }
  if (results.some(({ status }) => status === 'FAIL' || (strict && status === 'WARN'))) throw new ChecksFailedError();
}

/** Checks from the outside in: a failed check skips those that depend on it. */
async function* runChecks(): AsyncGenerator<CheckResult> {
  const config = await runCheck('settings', () => loadConfig());
  if ('name' in config) {
    yield config;
    return;
  }
  yield* checkSettings(config);
  yield checkUrl(config);
  yield checkProxies(config);
  yield await checkMailServer(config);
  yield* checkTraces(config);
  yield* checkSyslog(config);
  yield* checkDatabase(config);
}

async function* checkDatabase(config: Config): AsyncGenerator<CheckResult> {
  if (!config.database.url && !hasEmbedded(config.database.directory)) {
    yield fail('database', missingDatabase(config.database.directory));
    return;
  }
  const database = await runCheck('database', () => openAndPing(config.database));
  if ('name' in database) {
    yield database;
    return;
  }
  try {
    yield* checkOpenDatabase(database, config);
  } finally {
    await database.close();
  }
}

async function* checkOpenDatabase(database: Database, config: Config): AsyncGenerator<CheckResult> {
  for await (const result of checkServer(database, config)) {
    yield result;
    if (result.name === 'database' && result.status === 'FAIL') return;
  }
  const pending = await runCheck('migrations', () => pendingMigrations(fork(database)));
  if ('name' in pending) yield pending;
  else if (pending.length > 0)
    yield fail(
      'migrations',
      `${pending.length} pending. Run "postern migrate", or start the server with POSTERN_MIGRATE_ON_START=on (the default).`,
    );
  else yield* checkContents(database, config, new Date());
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
