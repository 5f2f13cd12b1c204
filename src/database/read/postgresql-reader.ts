import pg from 'pg';
import { columnTypes } from '../connection/column-types.js';
import { RANDOM_PAGE_COST } from '../connection/random-page-cost.js';
import type { Reader } from './select.js';

/** How long a connection may take to open, and a read to answer, before the caller is told of a fault (in ms). */
const CONNECT_TIMEOUT_MS = 1_500;
const READ_TIMEOUT_MS = 1_600;
/**
 * After so long the server ends a read by itself, before the connection is given up with all that waits on it (in ms).
 */
const STATEMENT_TIMEOUT_MS = 1_400;

/**
 * What no read here gains by: being compiled, and being shared among processes that have to be started first. The
 * database would do both where it takes a sum for a longer one than it is, and the sum of a year took twenty times as
 * long. Moments come in UTC, whatever the server's zone.
 */
const READ_OPTIONS = `-c jit=off -c max_parallel_workers_per_gather=0 -c timezone=UTC -c ${RANDOM_PAGE_COST}`;

/** Statements that few people ask: so many at once, and each ended by the server after so long (R-68; in ms). */
const CONCURRENT_QUESTIONS = 2;
const QUESTION_TIMEOUT_MS = 2_000;

/** Connections for statements that may take a moment, apart from those that every request waits for. */
function openQuestions(connectionString: string): Pick<Reader, 'ask' | 'close'> {
  const pool = new pg.Pool({
    connectionString,
    types: columnTypes,
    options: READ_OPTIONS,
    max: CONCURRENT_QUESTIONS,
    keepAlive: true,
    allowExitOnIdle: true,
    application_name: 'postern questions',
    connectionTimeoutMillis: QUESTION_TIMEOUT_MS,
    statement_timeout: QUESTION_TIMEOUT_MS,
    query_timeout: QUESTION_TIMEOUT_MS + READ_TIMEOUT_MS,
  });
  pool.on('error', () => undefined); // An idle connection that breaks is replaced at the next question.
  return {
    ask: async (text, values) => (await pool.query<object>(text, [...values])).rows,
    close: () => pool.end(),
  };
}

/** Sends what is asked in one turn of the event loop in one write: the backend wakes once for all of it. */
function gatherWrites({ connection: { stream } }: pg.Client): void {
  if (stream.writableCorked > 0) return;
  stream.cork();
  setImmediate(() => stream.uncork());
}

/**
 * Reads through one connection on which many statements are under way at once: waking a database backend for each
 * costs more than the reads themselves. A connection that breaks is replaced at the next read.
 */
export function openPostgresqlReader(connectionString: string): Reader {
  let current: Promise<pg.Client> | undefined;
  const questions = openQuestions(connectionString);

  const connect = (): Promise<pg.Client> => {
    const client = new pg.Client({
      connectionString,
      types: columnTypes,
      options: READ_OPTIONS,
      pipeline: true,
      keepAlive: true,
      application_name: 'postern reads',
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      query_timeout: READ_TIMEOUT_MS,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      lock_timeout: STATEMENT_TIMEOUT_MS,
    });
    const connecting = client.connect().then(() => client);
    const forget = () => {
      if (current === connecting) current = undefined;
    };
    client.on('error', forget);
    client.on('end', forget);
    connecting.catch(forget);
    return connecting;
  };

  return {
    run: async ({ name, text }, values) => {
      const client = await (current ??= connect());
      gatherWrites(client);
      return (await client.query({ name, text, values: values as unknown[] })).rows as object[];
    },
    ask: questions.ask,
    close: async () => {
      await questions.close();
      const client = await current?.catch(() => undefined);
      await client?.end();
    },
  };
}
