import { hash } from 'node:crypto';
import pg from 'pg';
import { createPartitions, fork, migrate, openPostgresql, parseKeyRing, registerKeys } from '../built.ts';
import { withoutForeignKeys, withoutIndexes } from '../without-indexes.ts';
import type { Fill } from './measured-rows.ts';
import type { Scale } from './row-values.ts';

/** Sweeps delete deliveries after 30 days. */
const PERIOD_MS = 28 * 24 * 3_600_000;

/** So many rows of each table, over the last four weeks. */
export const scaleOf = (rows: number, now = Date.now()): Scale => ({ rows, from: now - PERIOD_MS, to: now });

export const serverUrl = process.env['TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';

/** The keys of every database, with which one that was kept can be opened again. */
export const ENCRYPTION_KEYS = `bench:${hash('sha256', 'benchmarks', 'base64')}`;

/** Runs work with a connection and closes it. */
export async function withClient<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The address of a database of the server that the benchmark uses. */
export function databaseUrl(name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** Creates a database with Postern's tables and fills them, unless it is there from an earlier run. */
export async function fillDatabase(name: string, fills: readonly Fill[]): Promise<string> {
  const url = databaseUrl(name);
  const isNew = await withClient(serverUrl, async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(name)} template template0`);
    return rowCount === 0;
  });
  if (!isNew) return url;
  try {
    await createTables(url);
    await fillTables(url, fills);
  } catch (error) {
    await dropDatabase(name);
    throw error;
  }
  return url;
}

async function createTables(url: string): Promise<void> {
  const database = await openPostgresql(url);
  try {
    await migrate(database);
    await createPartitions(fork(database), new Date());
    // A server that starts on a database without keys reads its accounts to look for encrypted secrets.
    await registerKeys(fork(database), parseKeyRing(ENCRYPTION_KEYS), []);
  } finally {
    await database.close();
  }
}

/** How many tables are filled at the same time. */
const WORKERS = 2;

/** Without triggers: one of them keeps events from being truncated. */
const settings =
  "set maintenance_work_mem = '1GB'; set work_mem = '256MB'; set synchronous_commit = off; set session_replication_role = replica";

/** Fills tables, and updates their statistics. */
async function fillTables(url: string, fills: readonly Fill[]): Promise<void> {
  const waiting = [...Map.groupBy(fills, ([table]) => table)];
  await withClient(url, async (client) => {
    await client.query(settings);
    await withoutForeignKeys(client, async () => {
      const worker = () =>
        withClient(url, async (connection) => {
          await connection.query(settings);
          for (let next = waiting.shift(); next; next = waiting.shift()) await fillTable(connection, ...next);
        });
      await Promise.all(Array.from({ length: WORKERS }, worker));
    });
    await client.query('vacuum analyze');
  });
}

/**
 * Fills a table before its indexes are built. In the transaction that truncates a table, a server without replicas
 * (`wal_level = minimal`) writes no log of it.
 */
async function fillTable(client: pg.Client, table: string, fills: readonly Fill[]): Promise<void> {
  const start = performance.now();
  const elapsed = () => `${Math.round((performance.now() - start) / 1_000)} s`;
  await client.query('begin');
  await client.query(`truncate ${table}`);
  await withoutIndexes(client, [table], async () => {
    for (const [, statement] of fills) await client.query(statement);
    console.log(`  ${table}: filled after ${elapsed()}`);
  });
  await client.query('commit');
  console.log(`  ${table}: indexes built after ${elapsed()}`);
}

export const dropDatabase = (name: string): Promise<unknown> =>
  withClient(serverUrl, (client) => client.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`));
