import type { Config } from '../config/config.js';
import { fork, type Database } from '../database/connection/database.js';
import { checkSecrets } from '../encryption/check-secrets.js';
import { verifyKeys } from '../encryption/key-canaries.js';
import { openKeyRing } from '../encryption/key-ring-on-disk.js';
import { openMailQueue } from '../features/mail/delivery/mail-queue.js';
import { testMailServer } from '../features/mail/delivery/smtp-transport.js';
import { verifyEvents } from '../features/security-event/verify-events.js';
import { hasRoot } from '../features/sign-up/setup-token.js';
import { encryptedColumns } from '../server/encrypted-columns.js';
import { explainFailure } from '../server/start-failure.js';
import { createLogger } from '../telemetry/logger.js';
import { pluralize } from './pluralize.js';
import { describeFault } from './describe-fault.js';

/** The result of one check. A failed one also says what to do. */
export interface CheckResult {
  readonly name: 'settings' | 'mail' | 'database' | 'migrations' | 'administrator' | 'keys' | 'events';
  readonly ok: boolean;
  readonly message: string;
}

/** Runs a check. If it throws, it failed. */
export async function runCheck<Result extends object>(
  name: CheckResult['name'],
  work: () => Promise<Result> | Result,
): Promise<Result | CheckResult> {
  try {
    return await work();
  } catch (error) {
    return { name, ok: false, message: explainFailure(error, 'The check failed') };
  }
}

/** Reports the environment, and settings that are valid but risky. */
export function* checkSettings({
  logLevel,
  environment,
  secureCookies,
  trustedProxies,
}: Config): Generator<CheckResult> {
  yield { name: 'settings', ok: true, message: `valid (${environment})` };
  if (!['trace', 'debug', 'info'].includes(logLevel)) {
    yield {
      name: 'settings',
      ok: false,
      message: `LOG_LEVEL is ${logLevel}, so seals of security events are not logged, and deleting the newest events can't be detected. Set it to info.`,
    };
  }
  // Postern itself listens on plain http, so a public https URL is that of a proxy.
  if (secureCookies && trustedProxies.length === 0) {
    yield {
      name: 'settings',
      ok: false,
      message:
        "PUBLIC_URL is https, so a proxy forwards requests, but TRUSTED_PROXIES is empty. All users share the proxy's address and the limits of it. Set TRUSTED_PROXIES to the address of the proxy.",
    };
  }
}

/** Checks that emails can be sent. */
export async function checkMailServer({ mail, environment }: Config): Promise<CheckResult> {
  if (!mail.isEnabled)
    return { name: 'mail', ok: true, message: "off; users can't bind an email address or recover a password" };
  if (mail.smtpUrl === null)
    return {
      name: 'mail',
      ok: environment !== 'production',
      message: 'no mail server; emails are shown at /dev/mail',
    };
  const errorMessage = await testMailServer(mail.smtpUrl);
  return errorMessage === null
    ? { name: 'mail', ok: true, message: 'the mail server accepts Postern' }
    : { name: 'mail', ok: false, message: `${errorMessage}. Check SMTP_URL.` };
}

/** Checks the contents of a database that is up to date. */
export async function* checkContents(database: Database, config: Config): AsyncGenerator<CheckResult> {
  yield { name: 'migrations', ok: true, message: 'all applied' };
  yield await runCheck('administrator', () => checkRoot(database));
  yield await runCheck('keys', () => checkKeys(database, config));
  yield await runCheck('events', () => checkEvents(database, config));
  if (config.mail.isEnabled) yield await runCheck('mail', () => checkFailedMails(database));
}

async function checkRoot(database: Database): Promise<CheckResult> {
  const ok = await hasRoot(fork(database));
  return {
    name: 'administrator',
    ok,
    message: ok
      ? 'a ROOT account exists'
      : 'no ROOT account. Run "postern admin create", or restart the server and open its setup link.',
  };
}

async function checkKeys(database: Database, config: Config): Promise<CheckResult> {
  const keys = openKeyRing(config, new Date());
  await verifyKeys(fork(database), keys);
  const { decrypted, unreadable } = await checkSecrets(fork(database), keys, encryptedColumns);
  return {
    name: 'keys',
    ok: unreadable === 0,
    message:
      unreadable === 0
        ? `${decrypted === 1 ? '1 secret' : `all ${decrypted} secrets`} can be decrypted`
        : `${unreadable} of ${pluralize(decrypted + unreadable, 'secret')} can't be decrypted. Put the missing key back into ENCRYPTION_KEYS.`,
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
    message: fault
      ? describeFault(fault)
      : `${pluralize(sealedEvents, 'sealed security event')} verified with ${pluralize(seals, 'seal')}`,
  };
}

async function checkFailedMails(database: Database): Promise<CheckResult> {
  const queue = await openMailQueue(database, createLogger('error'));
  const { length } = await queue.failed().finally(queue.stop);
  return {
    name: 'mail',
    ok: length === 0,
    message:
      length === 0
        ? 'no emails failed'
        : `${pluralize(length, 'email')} could not be sent. Run "postern mail failed" to list them.`,
  };
}
