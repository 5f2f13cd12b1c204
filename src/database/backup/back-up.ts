import { IsolationLevel } from '@mikro-orm/core';
import type { BackupHeader, BackupLine } from './backup-file.js';
import type { Database, EntityManager } from '../connection/database.js';
import { formatMonth, existingMonths } from '../partition/monthly-partitions.js';
import { appliedMigrations } from '../migrate/applied-migrations.js';
import { findTablesInInsertOrder, type TableDefinition } from './table-definitions.js';
import { longTransaction } from '../connection/long-transaction.js';

/** Rows read at a time. */
const ROWS_PER_PAGE = 500;

/**
 * Writes a consistent snapshot of the database, without the job queue, line by line. Any database with the same
 * migrations can restore it, so data can move from the embedded database to a server.
 */
export const backUp = (
  database: Database,
  keyIds: readonly string[],
  now: Date,
  write: (lines: AsyncIterable<string>) => Promise<void>,
): Promise<void> =>
  longTransaction(database, (em) => write(generateLines(em, keyIds, now)), {
    isolationLevel: IsolationLevel.REPEATABLE_READ,
    readOnly: true,
  });

async function* generateLines(em: EntityManager, keyIds: readonly string[], now: Date): AsyncGenerator<string> {
  const [month] = await existingMonths(em);
  const header: BackupHeader = {
    postern: 'backup',
    version: 1,
    at: now.toISOString(),
    migrations: await appliedMigrations(em),
    keyIds,
    oldestMonth: month ? formatMonth(month) : null,
  };
  yield toLine(header);
  let rows = 0;
  for (const table of await findTablesInInsertOrder(em)) {
    yield toLine({ table: table.name, columns: table.columns.map(({ name }) => name) });
    for await (const row of readRows(em, table)) {
      yield `${row}\n`;
      rows += 1;
    }
  }
  yield toLine({ rows });
}

const toLine = (value: BackupLine): string => `${JSON.stringify(value)}\n`;

/** The rows of a table, each as a JSON list of texts. A cursor reads them, so that no table has to fit into memory. */
async function* readRows(em: EntityManager, { name, columns }: TableDefinition): AsyncGenerator<string> {
  const expressions = columns.map((column) => `"${column.name}"::text`).join(', ');
  await em.execute(
    `declare backup no scroll cursor for select to_json(array[${expressions}]::text[])::text as row from "${name}"`,
  );
  let page: { row: string }[];
  do {
    page = await em.execute<{ row: string }[]>(`fetch ${ROWS_PER_PAGE} from backup`);
    for (const { row } of page) yield row;
  } while (page.length === ROWS_PER_PAGE);
  await em.execute('close backup');
}
