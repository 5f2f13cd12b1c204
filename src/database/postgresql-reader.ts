import pg from 'pg';
import type { Reader } from './select.js';

/** How long a connection may take to open, and a read to answer, before the caller is told of a fault (in ms). */
const CONNECT_TIMEOUT_MS = 1_500;
const READ_TIMEOUT_MS = 1_600;
/** After so long the server ends a read by itself, before the connection is given up with all that waits on it (in ms). */
const STATEMENT_TIMEOUT_MS = 1_400;

const INT8 = 20;
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === INT8 ? BigInt : pg.types.getTypeParser(oid, format) as (text: string) => unknown,
};

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

  const connect = (): Promise<pg.Client> => {
    const client = new pg.Client({
      connectionString, types, pipeline: true, keepAlive: true, application_name: 'postern reads',
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS, query_timeout: READ_TIMEOUT_MS, statement_timeout: STATEMENT_TIMEOUT_MS, lock_timeout: STATEMENT_TIMEOUT_MS,
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
    close: async () => {
      const client = await current?.catch(() => undefined);
      await client?.end();
    },
  };
}
