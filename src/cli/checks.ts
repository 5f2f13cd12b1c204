import type { Config } from '../config/config.js';
import { fork, type Database } from '../database/connection/database.js';
import { checkSecrets } from '../encryption/check-secrets.js';
import { openKeyRing } from '../encryption/key-ring-on-disk.js';
import { openMailQueue } from '../features/mail/delivery/mail-queue.js';
import { tryMailServer } from '../features/mail/delivery/smtp-transport.js';
import { verifyEvents } from '../features/security-event/verify-events.js';
import { hasRoot } from '../features/sign-up/setup-token.js';
import { encryptedColumns } from '../server/encrypted-columns.js';
import { explainFailure } from '../server/start-failure.js';
import { createLogger } from '../telemetry/logger.js';
import { faultInWords } from './fault-in-words.js';

/** The result of one check: what is well, or what is not and what to do. */
export interface Finding {
  readonly about: 'settings' | 'mail' | 'database' | 'migrations' | 'administrator' | 'keys' | 'events';
  readonly well: boolean;
  readonly says: string;
}

/** What cannot be checked is a finding as well. */
export async function attempt<Result extends object>(
  about: Finding['about'],
  work: () => Promise<Result> | Result,
): Promise<Result | Finding> {
  try {
    return await work();
  } catch (error) {
    return { about, well: false, says: explainFailure(error, 'This is not as it should be') };
  }
}

/** Whether the settings can be used together. */
export function* checkSettings({ logLevel, environment }: Config): Generator<Finding> {
  yield { about: 'settings', well: true, says: `they can be used (${environment}).` };
  if (!['trace', 'debug', 'info'].includes(logLevel)) {
    yield {
      about: 'settings',
      well: false,
      says: `LOG_LEVEL is ${logLevel}, so the seals of security events are not written to the log, and a tail that is cut off is not found.`,
    };
  }
}

/** Whether mail can be sent. */
export async function checkMailServer({ mail, environment }: Config): Promise<Finding> {
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

/** What is in a database that is up to date. */
export async function* checkContents(database: Database, config: Config): AsyncGenerator<Finding> {
  yield { about: 'migrations', well: true, says: 'all of them ran.' };
  yield await attempt('administrator', () => checkRoot(database));
  yield await attempt('keys', () => checkKeys(database, config));
  yield await attempt('events', () => checkEvents(database, config));
  if (config.mail.on) yield await attempt('mail', () => checkFailedMails(database));
}

async function checkRoot(database: Database): Promise<Finding> {
  const well = await hasRoot(fork(database));
  return {
    about: 'administrator',
    well,
    says: well
      ? 'there is a ROOT.'
      : 'there is no ROOT: "postern admin create" makes one, and so does the setup token of the next start.',
  };
}

async function checkKeys(database: Database, config: Config): Promise<Finding> {
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

async function checkEvents(database: Database, config: Config): Promise<Finding> {
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

async function checkFailedMails(database: Database): Promise<Finding> {
  const queue = await openMailQueue(database, createLogger('error'));
  const { length } = await queue.failed().finally(queue.stop);
  return {
    about: 'mail',
    well: length === 0,
    says: length === 0 ? 'none was given up.' : `${length} were given up: "postern mail failed" lists them.`,
  };
}
