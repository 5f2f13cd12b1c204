import { inspect } from 'node:util';
import { ConfigError } from '../config/config.js';
import { DatabaseOutdatedError } from '../database/queue/job-queue.js';
import { DamagedFolderError } from '../database/connection/embedded-folder.js';
import { READ_ONLY_CODE } from '../database/connection/read-only-database.js';
import { UnsuitableDatabaseError } from '../database/connection/ensure-suitable.js';
import { SessionDatabaseError } from '../database/connection/session-database.js';
import { DatabaseNewerError } from '../database/migrate/applied-migrations.js';
import { TablesInUseError } from '../database/migrate/retry-locks.js';
import { WrongKeysError } from '../encryption/key-canaries.js';
import { DirectoryInUseError } from '../database/connection/directory-lock.js';
import { isLowDiskSpace } from '../database/connection/disk-space.js';
import { explainFileFault } from './explain-file-fault.js';
import { explainListenError } from './explain-listen-error.js';
import { RpIdChangedError } from '../features/passkey/rp-id.js';
import { ListenError } from '../http/listen.js';

/** What to do if a server doesn't respond at all. */
const CHECK_ADDRESS = 'Check the host, the port and the firewall.';

const networkErrors: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused. Check that PostgreSQL runs, and the host and port.',
  ENOTFOUND: 'host not found. Check the host, and that the password is encoded: @ is %40, / is %2F, # is %23.',
  ETIMEDOUT: `connection timed out. ${CHECK_ADDRESS}`,
};

/** The error of PostgreSQL's driver if a server accepts a connection and then doesn't respond. It has no code. */
const timeoutMessage = /^Connection terminated|^timeout e(xpired|xceeded)/;

/** Its error if the URL requires TLS and the server doesn't support it, also without a code. */
const tlsUnsupportedMessage = /server does not support SSL/;

const OUTDATED =
  'The database is not up to date. Run "postern migrate", or start the server with POSTERN_MIGRATE_ON_START=on (the default).';

const TABLES_IN_USE =
  'The migrations waited for a table that another transaction uses, such as a backup, and changed nothing. Start again when that has ended. See pg_stat_activity for it.';

/** Some distributions ship the extension in a separate package; almost everywhere else it is included. */
const MISSING_PG_TRGM =
  'The database lacks the extension pg_trgm, which user search requires. It is part of PostgreSQL (on some systems of the package postgresql-contrib). Run this as the owner of the database: create extension pg_trgm;';

const READ_ONLY =
  'The database (DATABASE_URL) is read-only: it is a standby, or default_transaction_read_only is on. Set DATABASE_URL to the primary.';

/** Insufficient privilege (PostgreSQL error codes, class 42). */
const INSUFFICIENT_PRIVILEGE = '42501';

/** Undefined table (PostgreSQL error codes, class 42). */
const UNDEFINED_TABLE = '42P01';

/** PgBouncer rejects connections with it, e.g. for a wrong password (PostgreSQL error codes, class 08). */
const PROTOCOL_VIOLATION = '08P01';

/** PostgreSQL can't write, because its disk is full. */
const DISK_FULL = '53100';

/** A statement, or its wait for a lock, exceeded its timeout. */
const timeoutCodes = new Set(['57014', '55P03']);

/**
 * Explains a failure in plain language; an unexpected error includes its stack.
 *
 * @param subject what failed, e.g. `The command failed`
 */
export function explainFailure(error: unknown, subject = "Postern can't start"): string {
  if (error instanceof ConfigError)
    return `${subject}. Invalid settings:\n${error.problems.map((fault) => `  - ${fault}`).join('\n')}`;
  const reason = explain(error);
  return reason === null
    ? `${subject}.\n${error instanceof Error ? error.stack : inspect(error)}`
    : `${subject}. ${reason}`;
}

function explain(error: unknown): string | null {
  if (error instanceof SessionDatabaseError)
    return explain(error.cause)?.replaceAll('(DATABASE_URL)', '(POSTERN_DATABASE_SESSION_URL)') ?? null;
  if (error instanceof DirectoryInUseError)
    return `${error.message}\nStop that process, set POSTERN_DATA_DIR to another folder, or set DATABASE_URL to use a PostgreSQL server.`;
  if (error instanceof DamagedFolderError)
    return `${error.message}\nPut the missing files back, or move the folder away and restore a backup: postern restore FILE.`;
  if (error instanceof DatabaseOutdatedError) return OUTDATED;
  if (error instanceof DatabaseNewerError)
    return `${error.message} Start the version that migrated it, or a newer one.`;
  if (error instanceof TablesInUseError) return TABLES_IN_USE;
  if (error instanceof WrongKeysError)
    return `${error.message}\nPut the right keys into POSTERN_ENCRYPTION_KEYS (or into the file encryption-keys in POSTERN_DATA_DIR). If a key is lost for good, run "postern keys forget ID": its secrets stay unreadable.`;
  if (error instanceof UnsuitableDatabaseError || error instanceof RpIdChangedError) return error.message;
  if (error instanceof ListenError) return explainListenError(error);
  const cause = rootCause(error);
  const fileFault = explainFileFault(error) ?? explainFileFault(cause);
  if (fileFault !== null) return fileFault;
  const { code = '', address, hostname = 'that address', port, message = '' } = cause;
  if (code === DISK_FULL)
    return isLowDiskSpace(cause) ? message : 'No space left on the disk of the database. Free some space.';
  if (code in networkErrors)
    return `Can't reach the database (DATABASE_URL) at ${address ?? hostname}${port ? `, port ${port}` : ''}: ${networkErrors[code]}`;
  if (timeoutMessage.test(message))
    return `Can't reach the database (DATABASE_URL): connection timed out. ${CHECK_ADDRESS}`;
  if (tlsUnsupportedMessage.test(message))
    return "Can't connect to the database (DATABASE_URL): the URL requires TLS (sslmode), but the server doesn't support it.";
  if (/^(28|3D)/.test(code) || code === PROTOCOL_VIOLATION)
    return `The database (DATABASE_URL) rejected the connection: ${message}.`;
  if (timeoutCodes.has(code)) return `A database statement took too long and was canceled: ${message}.`;
  if (code === UNDEFINED_TABLE) return OUTDATED;
  if (code === READ_ONLY_CODE) return READ_ONLY;
  if (code === INSUFFICIENT_PRIVILEGE)
    return `The role of DATABASE_URL has too few rights: ${message}. Make it the owner of Postern's schemas and tables.`;
  if (message.includes('pg_trgm')) return MISSING_PG_TRGM;
  return null;
}

interface SystemError {
  readonly code?: string;
  readonly address?: string;
  readonly hostname?: string;
  readonly port?: number;
  readonly message?: string;
}

/** The original error, which libraries may have wrapped several times. */
function rootCause(error: unknown): SystemError {
  const { cause, previous, errors } = error as { cause?: unknown; previous?: unknown; errors?: unknown[] };
  const innerError = cause ?? previous ?? errors?.[0];
  return innerError && typeof innerError === 'object' ? rootCause(innerError) : (error as SystemError);
}
