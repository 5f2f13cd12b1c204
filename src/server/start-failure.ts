import { ConfigError } from '../config/config.js';
import { DatabaseOutdated } from '../database/queue/job-queue.js';
import { FolderInUse } from '../database/connection/folder-lock.js';

const networkFaults: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers there',
  ENOTFOUND: 'there is no such host',
  ETIMEDOUT: 'it does not answer in time',
};

/** What PostgreSQL's driver says, without a code, of a server that accepts a connection and then says nothing. */
const silence = /^Connection terminated|^timeout e(xpired|xceeded)/;

/** What it says, without a code either, where the address asks for TLS. */
const withoutTls = /server does not support SSL/;

const OUTDATED = 'The database is not up to date: run "npm run postern -- migrate", or set MIGRATE_ON_START to on.';

/** The package has another name where PostgreSQL comes in parts, and is there by itself almost everywhere else. */
const WITHOUT_SEARCH =
  'The database lacks the extension pg_trgm, with which people are searched for. It belongs to PostgreSQL (to the package postgresql-contrib where that is one of its own); the owner of the database may add it: create extension pg_trgm.';

/** A table that is not there (PostgreSQL's errcodes, class 42). */
const UNDEFINED_TABLE = '42P01';

/** A statement, or a lock that it waited for, that took longer than it may. */
const tookTooLong = new Set(['57014', '55P03']);

/**
 * Why something cannot be done, in plain words; what nobody expected comes with its stack.
 *
 * @param subject what cannot be done, e.g. `Postern cannot start`
 */
export function explainFailure(error: unknown, subject = 'Postern cannot start'): string {
  if (error instanceof ConfigError)
    return `${subject}. These settings need mending:\n${error.faults.map((fault) => `  - ${fault}`).join('\n')}`;
  const reason = explain(error);
  return reason === null
    ? `${subject}.\n${error instanceof Error ? error.stack : String(error)}`
    : `${subject}. ${reason}`;
}

function explain(error: unknown): string | null {
  if (error instanceof FolderInUse)
    return `${error.message}\nStop that process first, or set DATA_DIR to another folder, or DATABASE_URL to a PostgreSQL server.`;
  if (error instanceof DatabaseOutdated) return OUTDATED;
  const { code = '', address, hostname = 'that address', port, message = '' } = rootCause(error);
  if (code === 'EADDRINUSE') return `Port ${port} of ${address} is taken by another program. Set PORT to another one.`;
  if (code in networkFaults)
    return `The database (DATABASE_URL) cannot be reached at ${address ?? hostname}${port ? `, port ${port}` : ''}: ${networkFaults[code]}.`;
  if (silence.test(message)) return 'The database (DATABASE_URL) cannot be reached: it does not answer in time.';
  if (withoutTls.test(message))
    return 'The database (DATABASE_URL) is not connected to: its address asks for TLS (sslmode), and the server there speaks none.';
  if (/^(28|3D)/.test(code)) return `The database (DATABASE_URL) refuses: ${message}.`;
  if (tookTooLong.has(code)) return `The database took too long over a statement, and gave it up: ${message}.`;
  if (code === UNDEFINED_TABLE) return OUTDATED;
  if (message.includes('pg_trgm')) return WITHOUT_SEARCH;
  return null;
}

interface SystemError {
  readonly code?: string;
  readonly address?: string;
  readonly hostname?: string;
  readonly port?: number;
  readonly message?: string;
}

/** The error underneath those that libraries wrap around it. */
function rootCause(error: unknown): SystemError {
  const { cause, previous, errors } = error as { cause?: unknown; previous?: unknown; errors?: unknown[] };
  const inner = cause ?? previous ?? errors?.[0];
  return inner && typeof inner === 'object' ? rootCause(inner) : (error as SystemError);
}
