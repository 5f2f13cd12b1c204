import type { Command } from 'commander';
import { encryptedColumns } from '../server/encrypted-columns.js';
import { checkSecrets } from '../encryption/check-secrets.js';
import { loadConfig, type Config } from '../config/config.js';
import { pendingMigrations } from '../database/migrate/applied-migrations.js';
import { fork, type Database } from '../database/connection/database.js';
import { hasEmbedded } from '../database/connection/embedded.js';
import { openDatabase } from '../database/connection/open-database.js';
import { openKeyRing } from '../encryption/key-ring-on-disk.js';
import { createLogger } from '../telemetry/logger.js';
import { openMailQueue } from '../features/mail/delivery/mail-queue.js';
import { tryMailServer } from '../features/mail/delivery/smtp-transport.js';
import { verifyEvents } from '../features/security-event/verify-events.js';
import { hasRoot } from '../features/sign-up/setup-token.js';
import { explainFailure } from '../server/start-failure.js';
import { answer, FoundFaults } from './answer.js';
import { faultInWords } from './fault-in-words.js';

/** One thing that was looked at: `says` tells what is well with it, or what is not and what to do. */
interface Finding {
  readonly about: 'settings' | 'mail' | 'database' | 'migrations' | 'administrator' | 'keys' | 'events';
  readonly well: boolean;
  readonly says: string;
}

/** `postern check`. */
export function addCheckCommand(program: Command): void {
  program
    .command('check')
    .description(
      'look at settings, mail server, database, migrations, keys and seals, and tell what is well and what is not; it changes nothing',
    )
    .addHelpText('after', '\nExit code 2: something is not well.')
    .action(check);
}

async function check(_options: object, command: Command): Promise<void> {
  const findings: Finding[] = [];
  for await (const finding of lookAtEverything()) {
    findings.push(finding);
    answer(command, `${finding.well ? 'well    ' : 'NOT WELL'}  ${finding.about}: ${finding.says}`, finding);
  }
  if (findings.some(({ well }) => !well)) throw new FoundFaults();
}

async function* lookAtEverything(): AsyncGenerator<Finding> {
  const config = await attempt('settings', () => loadConfig());
  if ('about' in config) yield config;
  else yield* lookOutside(config);
}

async function* lookOutside(config: Config): AsyncGenerator<Finding> {
  yield* lookAtSettings(config);
  yield await lookAtMail(config);
  if (!config.database.url && !hasEmbedded(config.database.directory)) {
    yield {
      about: 'database',
      well: false,
      says: `there is none in ${config.database.directory} yet: a start makes it, and so does "postern migrate".`,
    };
    return;
  }
  const database = await attempt('database', () => openAnswering(config.database));
  if ('about' in database) {
    yield database;
    return;
  }
  try {
    yield {
      about: 'database',
      well: true,
      says: `${database.kind === 'embedded' ? 'the embedded one' : 'PostgreSQL'} at ${database.location} answers.`,
    };
    const pending = await pendingMigrations(fork(database));
    if (pending.length > 0)
      yield {
        about: 'migrations',
        well: false,
        says: `${pending.length} have to run: "postern migrate", or a start with MIGRATE_ON_START on.`,
      };
    else yield* lookInto(database, config);
  } finally {
    await database.close();
  }
}

/** PostgreSQL is not asked anything when it is opened. */
async function openAnswering(settings: Config['database']): Promise<Database> {
  const database = await openDatabase(settings);
  try {
    await fork(database).execute('select 1');
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function attempt<Result extends object>(
  about: Finding['about'],
  work: () => Promise<Result> | Result,
): Promise<Result | Finding> {
  try {
    return await work();
  } catch (error) {
    return { about, well: false, says: explainFailure(error, 'This is not as it should be') };
  }
}

function* lookAtSettings({ logLevel, environment }: Config): Generator<Finding> {
  yield { about: 'settings', well: true, says: `they can be used (${environment}).` };
  if (!['trace', 'debug', 'info'].includes(logLevel)) {
    yield {
      about: 'settings',
      well: false,
      says: `LOG_LEVEL is ${logLevel}, so the seals of security events are not written to the log, and a tail that is cut off is not found.`,
    };
  }
}

async function lookAtMail({ mail, environment }: Config): Promise<Finding> {
  if (!mail.on)
    return { about: 'mail', well: true, says: 'it is off: nobody binds an address or recovers a password.' };
  if (mail.smtpUrl === null)
    return {
      about: 'mail',
      well: environment !== 'production',
      says: 'there is no mail server: mails are shown at /dev/mail.',
    };
  const problem = await tryMailServer(mail.smtpUrl);
  return problem === null
    ? { about: 'mail', well: true, says: 'the mail server lets Postern in.' }
    : { about: 'mail', well: false, says: `${problem}. Look at SMTP_URL.` };
}

/** What is in a database that is up to date; what cannot be looked at is a finding of its own. */
async function* lookInto(database: Database, config: Config): AsyncGenerator<Finding> {
  yield { about: 'migrations', well: true, says: 'all of them ran.' };
  yield await attempt('administrator', () => lookForRoot(database));
  yield await attempt('keys', () => lookAtSecrets(database, config));
  yield await attempt('events', () => lookAtEvents(database, config));
  if (config.mail.on) yield await attempt('mail', () => lookAtFailedMails(database));
}

async function lookForRoot(database: Database): Promise<Finding> {
  const well = await hasRoot(fork(database));
  return {
    about: 'administrator',
    well,
    says: well
      ? 'there is a ROOT.'
      : 'there is no ROOT: "postern admin create" makes one, and so does the setup token of the next start.',
  };
}

async function lookAtSecrets(database: Database, config: Config): Promise<Finding> {
  const { opened, unreadable } = await checkSecrets(fork(database), openKeyRing(config, new Date()), encryptedColumns);
  return {
    about: 'keys',
    well: unreadable === 0,
    says:
      unreadable === 0
        ? `they open all ${opened} secrets that are stored.`
        : `they do not open ${unreadable} of ${opened + unreadable} secrets: put the key that is missing back into ENCRYPTION_KEYS.`,
  };
}

async function lookAtEvents(database: Database, config: Config): Promise<Finding> {
  const {
    faults: [fault],
    seals,
    sealedEvents,
  } = await verifyEvents(database, openKeyRing(config, new Date()), null);
  return {
    about: 'events',
    well: !fault,
    says: fault ? faultInWords(fault) : `${sealedEvents} security events are as ${seals} seals have them.`,
  };
}

async function lookAtFailedMails(database: Database): Promise<Finding> {
  const queue = await openMailQueue(database, createLogger('error'));
  const { length } = await queue.failed().finally(queue.stop);
  return {
    about: 'mail',
    well: length === 0,
    says: length === 0 ? 'none was given up.' : `${length} were given up: "postern mail failed" lists them.`,
  };
}
