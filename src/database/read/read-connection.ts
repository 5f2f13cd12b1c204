import pg from 'pg';
import { seconds } from '../../duration.js';
import { pgColumnTypes } from '../connection/column-types.js';
import { ReadTimeoutError } from '../connection/database-unavailable.js';
import { sendPrepared } from '../connection/prepared-query.js';
import {
  CONNECTION_LIFETIME_SECONDS,
  PLANNED_ONCE,
  prepareSession,
  type Sessions,
  type StatementLimits,
} from '../connection/session.js';
import type { Statement } from './select.js';

/** How long a connection may take to open. */
const CONNECT_TIMEOUT_MS = 1_500;

/** When the server cancels a read, and a read that waits for a lock. A lock on a whole table is a matter of seconds. */
const LIMITS: StatementLimits = { statementMs: 1_400, lockMs: 500 };

/** A connection is stalled while its oldest read has been without a response for this long. */
const STALLED_AFTER_MS = 25;

/** A connection is dead when the oldest read has no response although the server should have canceled it. */
const DEAD_AFTER_MS = 1_600;

/**
 * The driver and the server disagree about a prepared statement, because the read that was to prepare it failed, e.g.
 * because of a lock (PostgreSQL, appendix A). After the first code, reads prepare it again; after the second, none can.
 */
const INVALID_STATEMENT_NAME = '26000';
const DUPLICATE_STATEMENT = '42P05';

/** A read that was repeated and is still not prepared is given up, like one that got no response. */
function rejectUnprepared(error: unknown): never {
  const isUnprepared = [INVALID_STATEMENT_NAME, DUPLICATE_STATEMENT].includes(String(getCode(error)));
  throw isUnprepared ? new ReadTimeoutError('a read could not be prepared in time') : error;
}

const getCode = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : undefined);

/** Sends the statements of one turn of the event loop in a single write, so that the database backend wakes up once. */
function batchWrites({ connection: { stream } }: pg.Client): void {
  if (stream.writableCorked > 0) return;
  stream.cork();
  setImmediate(() => stream.uncork());
}

/** A connection that pipelines reads. The server executes them in order, each with its own timeout. */
export class ReadConnection {
  private client: Promise<pg.Client> | undefined;
  /** The names of the reads that have no response yet, in the order of their responses. */
  private readonly outstanding: string[] = [];
  /** When the oldest outstanding read became the oldest, by `performance.now()`. */
  private waitingSince = 0;
  /** The reads that were slow since the connection was last idle. Others like them may be waiting. */
  private readonly slow = new Set<string>();

  constructor(
    private readonly connectionString: string,
    private readonly sessions: Sessions,
  ) {}

  /** How long the oldest read has been without a response; 0 if there is none. */
  private get waitedMs(): number {
    return this.outstanding.length > 0 ? performance.now() - this.waitingSince : 0;
  }

  /** Whether a slow read delays others. */
  get isStalled(): boolean {
    const [oldest] = this.outstanding;
    if (oldest === undefined) this.slow.clear();
    else if (this.waitedMs > STALLED_AFTER_MS) this.slow.add(oldest);
    return this.slow.size > 0;
  }

  /** Whether reads of this name delay others. More of them should wait here, and not stall another connection. */
  isStalledBy(name: string): boolean {
    return this.isStalled && this.slow.has(name);
  }

  /** The number of reads that wait for a response. */
  get load(): number {
    return this.outstanding.length;
  }

  /** Runs a read. It is repeated once if its connection was lost, or if it was not prepared. */
  async run(statement: Statement, values: readonly unknown[]): Promise<readonly object[]> {
    const client = await (this.client ??= this.connect());
    return this.send(client, statement, values).catch(async (error: unknown) => {
      const code = getCode(error);
      if (code === DUPLICATE_STATEMENT) await this.drop(client);
      else if (code !== INVALID_STATEMENT_NAME && !client.connection.stream.destroyed) throw error;
      return this.send(await (this.client ??= this.connect()), statement, values).catch(rejectUnprepared);
    });
  }

  /** Drops the connection if the server is silent, so that its reads fail and later ones get another connection. */
  dropIfDead(): void {
    if (this.waitedMs > DEAD_AFTER_MS) void this.client?.then((client) => this.drop(client));
  }

  async close(): Promise<void> {
    const client = await this.client?.catch(() => undefined);
    await client?.end();
  }

  private async send(client: pg.Client, { name, text }: Statement, values: readonly unknown[]): Promise<object[]> {
    if (this.outstanding.length === 0) this.waitingSince = performance.now();
    this.outstanding.push(name);
    try {
      batchWrites(client);
      const { rows } = await sendPrepared(client.query.bind(client), { name, text, values });
      return rows as object[];
    } finally {
      if (this.waitedMs > STALLED_AFTER_MS) this.slow.add(name);
      this.outstanding.shift();
      this.waitingSince = performance.now();
    }
  }

  private async drop(client: pg.Client): Promise<void> {
    client.connection.stream.destroy();
    const current = this.client;
    const isCurrent = (await current?.catch(() => undefined)) === client;
    if (isCurrent && this.client === current) this.client = undefined;
  }

  private connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.connectionString,
      types: pgColumnTypes,
      pipeline: true,
      keepAlive: true,
      application_name: 'postern reads',
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    });
    const connecting = client
      .connect()
      .then(() => prepareSession(client, LIMITS, this.sessions, PLANNED_ONCE))
      .then(() => client);
    const reset = () => {
      if (this.client === connecting) this.client = undefined;
    };
    const retirement = setTimeout(() => {
      reset();
      void client.end();
    }, seconds(CONNECTION_LIFETIME_SECONDS)).unref();
    client.on('error', reset);
    client.on('end', () => {
      clearTimeout(retirement);
      reset();
    });
    connecting.catch(() => {
      reset();
      client.connection.stream.destroy();
    });
    return connecting;
  }
}
