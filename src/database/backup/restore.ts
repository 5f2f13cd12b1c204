import { appliedMigrations } from '../migrate/applied-migrations.js';
import { UnusableBackup, type BackupHeader, type BackupLine } from './backup-file.js';
import { fork, type Database, type EntityManager } from '../connection/database.js';
import { makePartitions } from '../partition/monthly-partitions.js';
import { tablesInOrder, type TableShape } from './table-shapes.js';
import { longTransaction } from '../connection/long-transaction.js';

/** What a restore put in. */
export interface Restored {
  readonly at: string;
  readonly keyIds: readonly string[];
  readonly rows: number;
}

/** The database holds accounts or events already. */
export class DatabaseNotEmpty extends Error {}

/** Text of rows that is sent at once, at least (in UTF-16 units). */
const BATCH_LENGTH = 1_000_000;

/** Rows that are sent at once, at the most. */
const BATCH_ROWS = 1_000;

/**
 * Puts a backup into a database that has the same migrations: all of it, or nothing where anything is wrong.
 *
 * @param replace whether what is there may be thrown away
 * @throws {DatabaseNotEmpty} where there is something and it may not
 * @throws {UnusableBackup} for another version, other tables, or an end that is missing
 */
export async function restore(
  database: Database,
  lines: AsyncIterable<BackupLine>,
  now: Date,
  replace: boolean,
): Promise<Restored> {
  const iterator = lines[Symbol.asyncIterator]();
  const head = headerOf((await iterator.next()).value as BackupLine | undefined);
  if (head.oldestMonth) await makePartitions(fork(database), now, new Date(`${head.oldestMonth}-01T00:00:00Z`));
  return longTransaction(database, async (em) => {
    requireSameMigrations(head.migrations, await appliedMigrations(em));
    const shapes = await tablesInOrder(em);
    if (!replace) await requireEmpty(em);
    await empty(em, shapes);
    return {
      at: head.at,
      keyIds: head.keyIds,
      rows: await fill(em, shapes, { [Symbol.asyncIterator]: () => iterator }),
    };
  });
}

function headerOf(first: BackupLine | undefined): BackupHeader {
  if (!first || !('postern' in first)) throw new UnusableBackup('The file is no backup of Postern.');
  if ((first.version as number) !== 1)
    throw new UnusableBackup('The backup was made by a newer Postern: restore it with that one.');
  return first;
}

function requireSameMigrations(backup: readonly string[], here: readonly string[]): void {
  const [missing, more] = [
    backup.filter((name) => !here.includes(name)),
    here.filter((name) => !backup.includes(name)),
  ];
  if (missing.length > 0)
    throw new UnusableBackup(
      `The backup was made by a newer Postern, with ${missing.join(', ')}: restore it with that one.`,
    );
  if (more.length > 0)
    throw new UnusableBackup(
      `The backup was made by an older Postern, without ${more.join(', ')}: restore it with that one, and let this one bring the database up to date.`,
    );
}

async function requireEmpty(em: EntityManager): Promise<void> {
  const [found] = await em.execute<{ there: boolean }[]>(
    'select exists (select from accounts) or exists (select from security_events) as there',
  );
  if (found?.there) throw new DatabaseNotEmpty();
}

/** Security events are append-only, but for who owns the tables and says so. */
async function empty(em: EntityManager, shapes: readonly TableShape[]): Promise<void> {
  const switchTriggers = async (state: 'disable' | 'enable') => {
    for (const table of ['security_events', 'event_seals'])
      await em.execute(`alter table ${table} ${state} trigger not_truncated`);
  };
  await switchTriggers('disable');
  await em.execute(`truncate ${shapes.map(({ name }) => `"${name}"`).join(', ')}`);
  await switchTriggers('enable');
}

/**
 * Puts all rows in, and reads the file to its very end, where its checksum is: what is cut there is found before
 * anything is kept.
 *
 * @returns how many rows
 */
async function fill(
  em: EntityManager,
  shapes: readonly TableShape[],
  lines: AsyncIterable<BackupLine>,
): Promise<number> {
  let [rows, end] = [0, null as number | null];
  for await (const batch of batchesOf(lines)) {
    if (batch.rows.length > 0) await insert(em, shapes, batch);
    rows += batch.rows.length;
    end = batch.end ?? null;
  }
  if (end !== rows) throw new UnusableBackup('The backup is not whole: its end is missing, or rows are.');
  return rows;
}

interface Batch {
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
  /** At the end of a backup, how many rows it has. */
  readonly end?: number;
}

async function* batchesOf(lines: AsyncIterable<BackupLine>): AsyncGenerator<Batch> {
  let [head, rows, length] = [{ table: '', columns: [] as readonly string[] }, [] as (readonly (string | null)[])[], 0];
  for await (const line of lines) {
    const isRow = isRowOf(line);
    if (isRow) {
      rows.push(line);
      length += line.reduce((sum, text) => sum + (text?.length ?? 0), 0);
    }
    if (!isRow || length >= BATCH_LENGTH || rows.length >= BATCH_ROWS) {
      if (rows.length > 0) yield { ...head, rows };
      [rows, length] = [[], 0];
    }
    if ('table' in line) head = line;
    if ('rows' in line) yield { ...head, rows: [], end: line.rows };
  }
}

const isRowOf = (line: BackupLine): line is readonly (string | null)[] => Array.isArray(line);

async function insert(
  em: EntityManager,
  shapes: readonly TableShape[],
  { table, columns, rows }: Batch,
): Promise<void> {
  const shape = shapes.find(({ name }) => name === table);
  const types = columns.map((column) => shape?.columns.find(({ name }) => name === column)?.type);
  if (!shape || types.includes(undefined) || types.length !== shape.columns.length)
    throw new UnusableBackup(`The backup holds a table ${table} that is not that of this Postern.`);
  const names = columns.map((column) => `"${column}"`);
  const values = types.map((type, place) => `(given.row->>${place})::${type}`);
  await em.execute(
    `insert into "${table}" (${names.join(', ')}) select ${values.join(', ')} from json_array_elements(?::json) as given(row)`,
    [JSON.stringify(rows)],
  );
}
