import { appliedMigrations } from '../migrate/applied-migrations.js';
import { InvalidBackupError, type BackupHeader, type BackupLine } from './backup-file.js';
import { fork, type Database, type EntityManager } from '../connection/database.js';
import { createPartitions } from '../partition/monthly-partitions.js';
import { findTablesInInsertOrder, type TableDefinition } from './table-definitions.js';
import { longTransaction } from '../connection/long-transaction.js';

/** What was restored. */
export interface RestoreResult {
  readonly at: string;
  readonly keyIds: readonly string[];
  readonly rows: number;
}

/** The database already contains accounts or events. */
export class DatabaseNotEmptyError extends Error {}

/** Minimum length of the rows sent together (in UTF-16 units). */
const BATCH_LENGTH = 1_000_000;

/** Maximum number of rows sent together. */
const BATCH_ROWS = 1_000;

/**
 * Restores a backup into a database that has the same migrations, completely or not at all.
 *
 * @param replace whether to delete existing data
 * @throws {DatabaseNotEmptyError} if there is data and `replace` is false
 * @throws {InvalidBackupError} for another version, other tables, or a missing end
 */
export async function restore(
  database: Database,
  lines: AsyncIterable<BackupLine>,
  now: Date,
  replace: boolean,
): Promise<RestoreResult> {
  const iterator = lines[Symbol.asyncIterator]();
  const header = parseHeader((await iterator.next()).value as BackupLine | undefined);
  if (header.oldestMonth) await createPartitions(fork(database), now, new Date(`${header.oldestMonth}-01T00:00:00Z`));
  return longTransaction(database, async (em) => {
    requireSameMigrations(header.migrations, await appliedMigrations(em));
    const tables = await findTablesInInsertOrder(em);
    if (!replace) await requireEmpty(em);
    await truncateTables(em, tables);
    return {
      at: header.at,
      keyIds: header.keyIds,
      rows: await insertAll(em, tables, { [Symbol.asyncIterator]: () => iterator }),
    };
  });
}

function parseHeader(first: BackupLine | undefined): BackupHeader {
  if (!first || !('postern' in first)) throw new InvalidBackupError('The file is not a Postern backup.');
  if ((first.version as number) !== 1)
    throw new InvalidBackupError('The backup was created by a newer version of Postern. Restore it with that version.');
  return first;
}

function requireSameMigrations(backup: readonly string[], current: readonly string[]): void {
  const [missing, unknown] = [
    backup.filter((name) => !current.includes(name)),
    current.filter((name) => !backup.includes(name)),
  ];
  if (missing.length > 0)
    throw new InvalidBackupError(
      `The backup was created by a newer version of Postern, with ${missing.join(', ')}. Restore it with that version.`,
    );
  if (unknown.length > 0)
    throw new InvalidBackupError(
      `The backup was created by an older version of Postern, without ${unknown.join(', ')}. Restore it with that version, then migrate the database with this one.`,
    );
}

async function requireEmpty(em: EntityManager): Promise<void> {
  const [row] = await em.execute<{ exists: boolean }[]>(
    'select exists (select from accounts) or exists (select from security_events) as exists',
  );
  if (row?.exists) throw new DatabaseNotEmptyError();
}

/** Security events are append-only, unless the owner of the tables disables the triggers. */
async function truncateTables(em: EntityManager, tables: readonly TableDefinition[]): Promise<void> {
  const setTriggers = async (state: 'disable' | 'enable') => {
    for (const table of ['security_events', 'event_seals'])
      await em.execute(`alter table ${table} ${state} trigger not_truncated`);
  };
  await setTriggers('disable');
  await em.execute(`truncate ${tables.map(({ name }) => `"${name}"`).join(', ')}`);
  await setTriggers('enable');
}

/**
 * Inserts all rows and reads the file to the end, where its checksum is, so that a truncated file is detected before
 * anything is committed.
 *
 * @returns the number of rows
 */
async function insertAll(
  em: EntityManager,
  tables: readonly TableDefinition[],
  lines: AsyncIterable<BackupLine>,
): Promise<number> {
  let [rows, end] = [0, null as number | null];
  for await (const batch of toBatches(lines)) {
    if (batch.rows.length > 0) await insert(em, tables, batch);
    rows += batch.rows.length;
    end = batch.end ?? null;
  }
  if (end !== rows) throw new InvalidBackupError('The backup is incomplete: its end or some rows are missing.');
  return rows;
}

interface Batch {
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
  /** The number of rows, at the end of a backup. */
  readonly end?: number;
}

async function* toBatches(lines: AsyncIterable<BackupLine>): AsyncGenerator<Batch> {
  let [header, rows, length] = [
    { table: '', columns: [] as readonly string[] },
    [] as (readonly (string | null)[])[],
    0,
  ];
  for await (const line of lines) {
    const isRow = isRowLine(line);
    if (isRow) {
      rows.push(line);
      length += line.reduce((sum, text) => sum + (text?.length ?? 0), 0);
    }
    if (!isRow || length >= BATCH_LENGTH || rows.length >= BATCH_ROWS) {
      if (rows.length > 0) yield { ...header, rows };
      [rows, length] = [[], 0];
    }
    if ('table' in line) header = line;
    if ('rows' in line) yield { ...header, rows: [], end: line.rows };
  }
}

const isRowLine = (line: BackupLine): line is readonly (string | null)[] => Array.isArray(line);

async function insert(
  em: EntityManager,
  tables: readonly TableDefinition[],
  { table, columns, rows }: Batch,
): Promise<void> {
  const shape = tables.find(({ name }) => name === table);
  const types = columns.map((column) => shape?.columns.find(({ name }) => name === column)?.type);
  if (!shape || types.includes(undefined) || types.length !== shape.columns.length)
    throw new InvalidBackupError(`The backup contains a table ${table} that does not match this version of Postern.`);
  const names = columns.map((column) => `"${column}"`);
  const values = types.map((type, index) => `(given.row->>${index})::${type}`);
  await em.execute(
    `insert into "${table}" (${names.join(', ')}) select ${values.join(', ')} from json_array_elements(?::json) as given(row)`,
    [JSON.stringify(rows)],
  );
}
