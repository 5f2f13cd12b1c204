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
import { describeFault } from './describe-fault.js';

/** The result of one check: what is well, or what is not and what to do. */
export interface CheckResult {
  readonly name: 'settings' | 'mail' | 'database' | 'migrations' | 'administrator' | 'keys' | 'events';
  readonly ok: boolean;
  readonly message: string;
}

/** What cannot be checked is a finding as well. */
export async function runCheck<Result extends object>(
  name: CheckResult['name'],
  work: () => Promise<Result> | Result,
): Promise<Result | CheckResult> {
  try {
    return await work();
  } catch (error) {
    return { name, ok: false, message: explainFailure(error, 'This is not as it should be') };
  }
}

/** Whether the settings can be used together. */
export function* checkSettings({ logLevel, environment }: Config): Generator<CheckResult> {
  yield { name: 'settings', ok: true, message: `they can be used (${environment}).` };
  if (!['trace', 'debug', 'info'].includes(logLevel)) {
    yield {
      name: 'settings',
      ok: false,
      message: `LOG_LEVEL is ${logLevel}, so the seals of security events are not written to the log, and a tail that is cut off is not found.`,
    };
  }
}

/** Whether mail can be sent. */
export async function checkMailServer({ mail, environment }: Config): Promise<CheckResult> {
  if (!mail.on)
    return { name: 'mail', ok: true, message: 'it is off: nobody binds an address or recovers a password.' };
  if (mail.smtpUrl === null)
    return {
      name: 'mail',
      ok: environment !== 'production',
      message: 'there is no mail server: mails are shown at /dev/mail.',
    };
  const problem = await tryMailServer(mail.smtpUrl);
  return problem === null
    ? { name: 'mail', ok: true, message: 'the mail server lets Postern in.' }
    : { name: 'mail', ok: false, message: `${problem}. Look at SMTP_URL.` };
}

/** What is in a database that is up to date. */
export async function* checkContents(database: Database, config: Config): AsyncGenerator<CheckResult> {
  yield { name: 'migrations', ok: true, message: 'all of them ran.' };
  yield await runCheck('administrator', () => checkRoot(database));
  yield await runCheck('keys', () => checkKeys(database, config));
  yield await runCheck('events', () => checkEvents(database, config));
  if (config.mail.on) yield await runCheck('mail', () => checkFailedMails(database));
}

async function checkRoot(database: Database): Promise<CheckResult> {
  const ok = await hasRoot(fork(database));
  return {
    name: 'administrator',
    ok,
    message: ok
      ? 'there is a ROOT.'
      : 'there is no ROOT: "postern admin create" makes one, and so does the setup token of the next start.',
  };
}

async function checkKeys(database: Database, config: Config): Promise<CheckResult> {
  const { opened, unreadable } = await checkSecrets(fork(database), openKeyRing(config, new Date()), encryptedColumns);
  return {
    name: 'keys',
    ok: unreadable === 0,
    message:
      unreadable === 0
        ? `they open all ${opened} secrets that are stored.`
        : `they do not open ${unreadable} of ${opened + unreadable} secrets: put the key that is missing back into ENCRYPTION_KEYS.`,
  };
}

async function checkEvents(database: Database, config: Config): Promise<CheckResult> {
  const {
    faults: [fault],
    seals,
    sealedEvents,
  } = await verifyEvents(database, openKeyRing(config, new Date()), null);
  return {
    name: 'events',
    ok: !fault,
    message: fault ? describeFault(fault) : `${sealedEvents} security events are as ${seals} seals have them.`,
  };
}

async function checkFailedMails(database: Database): Promise<CheckResult> {
  const queue = await openMailQueue(database, createLogger('error'));
  const { length } = await queue.failed().finally(queue.stop);
  return {
    name: 'mail',
    ok: length === 0,
    message: length === 0 ? 'none was given up.' : `${length} were given up: "postern mail failed" lists them.`,
  };
}
