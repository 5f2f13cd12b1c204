import type pg from 'pg';
import { RANDOM_PAGE_COST } from './random-page-cost.js';
import type { ServerTracker } from './server-tracker.js';
import { ReadOnlyDatabaseError } from './read-only-database.js';

/** Who pools sessions between Postern and PostgreSQL. With `transaction`, a session lasts for one transaction. */
export type Pooler = 'none' | 'transaction';

/** Time limits of the server for the statements of a connection (in ms). */
export interface StatementLimits {
  readonly statementMs: number;
  readonly lockMs: number;
}

/** How long a connection lives: after a failover it may still be at the previous server. */
export const CONNECTION_LIFETIME_SECONDS = 1_800;

/** What every connection of a process to its server shares. */
export interface Sessions {
  readonly pooler: Pooler;
  readonly tracker: ServerTracker;
}

/**
 * How values look in text, whatever the server, the database or the role says. PgBouncer keeps these for each client,
 * also in transaction mode.
 */
const FORMATS = { DateStyle: 'ISO, MDY', TimeZone: 'UTC' };

/**
 * JIT and parallel workers are off: PostgreSQL uses them if it overestimates a sum, and the sum of a year then took
 * twenty times as long.
 */
const PLANNING = { jit: 'off', max_parallel_workers_per_gather: '0', random_page_cost: RANDOM_PAGE_COST };

/**
 * The plan of a named statement serves all values. Without this, PostgreSQL plans a statement over partitions again for
 * each execution, which takes several times as long as executing it (decision 061).
 */
export const PLANNED_ONCE = { plan_cache_mode: 'force_generic_plan' } as const;

/** How the sessions of a connection plan named statements, unless PostgreSQL is to decide. */
export type Planning = typeof PLANNED_ONCE | null;

/** Further formats, which no pooler keeps and Postern reads only from its own sessions. */
const FURTHER_FORMATS = { IntervalStyle: 'postgres', bytea_output: 'hex', extra_float_digits: '1' };

/** The limits as parameters of PostgreSQL. */
const toParameters = ({ statementMs, lockMs }: StatementLimits) => ({
  statement_timeout: `${statementMs}`,
  lock_timeout: `${lockMs}`,
  idle_in_transaction_session_timeout: `${statementMs}`,
});

/**
 * The statement that begins a transaction with its own limits, for poolers that keep no session.
 *
 * @param begin such as `begin` or `begin read only`
 */
export function beginWithLimits(begin: string, limits: StatementLimits): string {
  const parameters = Object.entries({ ...toParameters(limits), ...PLANNING });
  return `${begin}; select ${parameters.map(([name, value]) => `set_config('${name}', '${value}', true)`).join(', ')}`;
}

/** A server that accepts a connection and then says nothing is down (in ms). */
const PREPARE_TIMEOUT_MS = 1_500;

/** Sets the parameters $1 to the values $2, and identifies the server. */
const PREPARE = `
  with parameters as materialized (
    select set_config(name, value, false) as value from unnest($1::text[], $2::text[]) as given (name, value)
  )
  select (select array_agg(value) from parameters) as "values",
    concat_ws(' ', inet_server_addr(), inet_server_port(), pg_postmaster_start_time()) as "server",
    current_setting('transaction_read_only') = 'off' as "canWrite"`;

interface Opened {
  readonly server: string;
  readonly canWrite: boolean;
}

/**
 * Prepares a new connection: sets the parameters of its session, and requires that its database accepts changes. They
 * are set by a statement, since poolers reject them when a connection opens.
 *
 * @throws {ReadOnlyDatabaseError} if the database is a standby, or read-only
 */
export async function prepareSession(
  client: pg.ClientBase,
  limits: StatementLimits,
  { pooler, tracker }: Sessions,
  planning: Planning = null,
): Promise<void> {
  const ofSession = { ...FURTHER_FORMATS, ...PLANNING, ...planning, ...toParameters(limits) };
  const parameters = pooler === 'transaction' ? FORMATS : { ...FORMATS, ...ofSession };
  const timer = setTimeout(() => (client as pg.Client).connection.stream.destroy(), PREPARE_TIMEOUT_MS);
  const { rows } = await client
    .query<Opened>(PREPARE, [Object.keys(parameters), Object.values(parameters)])
    .finally(() => clearTimeout(timer));
  const [opened] = rows;
  if (!opened?.canWrite) throw new ReadOnlyDatabaseError();
  if (pooler === 'none') tracker.add(client, opened.server);
}

/** `prepareSession` as a pool expects it: the pool waits, although its type says that nothing is returned. */
export function preparesSession(
  limits: StatementLimits,
  sessions: Sessions,
  planning: Planning = null,
): (client: pg.ClientBase) => void {
  return (client) => prepareSession(client, limits, sessions, planning) as unknown as undefined;
}
