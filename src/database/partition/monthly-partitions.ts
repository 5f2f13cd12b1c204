import { sql } from 'kysely';
import type { EntityManager } from '../connection/database.js';
import { minimumIdAt } from '../connection/id.js';

/** The start of a month in UTC. */
export type Month = Date;

/** The month of a time, or one that is so many months later. */
export const toMonth = (time: Date, after = 0): Month =>
  new Date(Date.UTC(time.getUTCFullYear(), time.getUTCMonth() + after, 1));

/** Formats a month, e.g. `2026-11`. */
export const formatMonth = (month: Month): string => month.toISOString().slice(0, 7);

/**
 * The tables that are partitioned by month, in the order in which they are always locked, and where a month starts in
 * their keys.
 */
const monthlyTables: readonly { readonly table: string; readonly start: (month: Month) => string }[] = [
  { table: 'usage_logs', start: minimumIdAt },
  { table: 'usage_totals', start: (month) => month.toISOString() },
];

/** Number of months to create partitions ahead, so that an unattended server keeps recording for three months. */
const MONTHS_AHEAD = 3;

/** Number of past months for which rows still arrive: rows can be 31 days old, which in early March is in January. */
const MONTHS_BACK = 2;

/** The oldest month for which rows still arrive. It and all later ones have partitions. */
export const oldestOpenMonth = (now: Date): Month => toMonth(now, -MONTHS_BACK);

/** An arbitrary number that nothing else in the database locks; it spells "mont". */
const PARTITIONS_LOCK = 0x6d6f6e74;

/**
 * Creates missing partitions, from a month on to some months ahead. Instances that do so concurrently wait for each
 * other. A partition is created separately and then attached, which blocks no reader and no writer.
 *
 * @returns the names of the partitions that this call created
 */
export async function createPartitions(
  em: EntityManager,
  now: Date,
  first: Month = oldestOpenMonth(now),
): Promise<string[]> {
  const months = listMonths(first, toMonth(now, MONTHS_AHEAD));
  if ((await missingPartitions(em, months)).length === 0) return [];
  return em.transactional(async (transaction) => {
    await transaction.execute('select pg_advisory_xact_lock(?)', [PARTITIONS_LOCK]);
    const missing = await missingPartitions(transaction, months);
    for (const { table, name, month, begin: start } of missing) {
      await executeDdl(transaction, 'create table %I (like %I including all)', [name, table]);
      await executeDdl(transaction, 'alter table %I attach partition %I for values from (%L) to (%L)', [
        table,
        name,
        start(month),
        start(toMonth(month, 1)),
      ]);
    }
    return missing.map(({ name }) => name);
  });
}

/** The names of the partitions that a month lacks, so that its usage can't be recorded. */
export const findMissingPartitions = async (em: EntityManager, month: Month): Promise<string[]> =>
  (await missingPartitions(em, [month])).map(({ name }) => name);

/** How long a drop waits for readers of the tables. New readers queue behind it, so it gives up quickly. */
const DROP_LOCK_TIMEOUT_MS = 100;

/** PostgreSQL's error code for a lock that was not available in time. */
const LOCK_NOT_AVAILABLE = '55P03';

/** The tables can't be locked because something reads them, for example a backup. */
export class PartitionsInUseError extends Error {}

/**
 * Drops the partitions of all months before one. All tables lose a month in the same transaction, so that no totals of
 * deleted logs remain.
 *
 * @returns the months, oldest first
 * @throws {PartitionsInUseError} if the tables can't be locked now; earlier months may already be dropped
 */
export async function dropPartitions(em: EntityManager, before: Month): Promise<Month[]> {
  const months = (await existingMonths(em)).filter((month) => month < before);
  for (const month of months) {
    await em
      .transactional(async (transaction) => {
        await transaction.execute("select pg_advisory_xact_lock(?), set_config('lock_timeout', ?, true)", [
          PARTITIONS_LOCK,
          String(DROP_LOCK_TIMEOUT_MS),
        ]);
        for (const { table } of monthlyTables)
          await executeDdl(transaction, 'drop table if exists %I', [partitionName(table, month)]);
      })
      .catch((error: unknown) => {
        throw (error as { code?: unknown }).code === LOCK_NOT_AVAILABLE
          ? new PartitionsInUseError('usage is being read', { cause: error })
          : error;
      });
  }
  return months;
}

/** The months that have partitions, oldest first. */
export async function existingMonths(em: EntityManager): Promise<Month[]> {
  const months = (await partitionNames(em)).flatMap((name) => /_(\d{4})_(\d{2})$/.exec(name)?.slice(1).join('-') ?? []);
  return [...new Set(months)].sort().map((month) => new Date(`${month}-01T00:00:00Z`));
}

const partitionName = (table: string, month: Month): string => `${table}_${formatMonth(month).replace('-', '_')}`;

function listMonths(first: Month, last: Month): Month[] {
  const months: Month[] = [];
  for (let month = first; month <= last; month = toMonth(month, 1)) months.push(month);
  return months;
}

async function missingPartitions(em: EntityManager, months: readonly Month[]) {
  const existing = new Set(await partitionNames(em));
  return monthlyTables
    .flatMap(({ table, start }) =>
      months.map((month) => ({ table, begin: start, month, name: partitionName(table, month) })),
    )
    .filter(({ name }) => !existing.has(name));
}

async function partitionNames(em: EntityManager): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select child.relname as name from pg_inherits
    join pg_class child on child.oid = inhrelid join pg_class parent on parent.oid = inhparent
    where parent.relkind = 'p' and parent.relname = any(${monthlyTables.map(({ table }) => table)}::text[])`.execute(
    em.getKysely(),
  );
  return rows.map(({ name }) => name);
}

/**
 * Runs a statement that accepts no parameters, such as one that creates a table. The database quotes names and values.
 */
async function executeDdl(em: EntityManager, template: string, values: readonly string[]): Promise<void> {
  const { rows } = await sql<{
    statement: string;
  }>`select format(${template}, variadic ${values}::text[]) as statement`.execute(em.getKysely());
  for (const { statement } of rows) await em.execute(statement);
}
