import { IsolationLevel } from '@mikro-orm/core';
import type { BackupHeader, BackupLine } from './backup-file.js';
import type { Database, EntityManager } from '../connection/database.js';
import { monthName, existingMonths } from '../partition/monthly-partitions.js';
import { appliedMigrations } from '../migrate/applied-migrations.js';
import { tablesInOrder, type TableShape } from './table-shapes.js';
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
  longTransaction(database, (em) => write(linesOf(em, keyIds, now)), {
    isolationLevel: IsolationLevel.REPEATABLE_READ,
    readOnly: true,
  });

async function* linesOf(em: EntityManager, keyIds: readonly string[], now: Date): AsyncGenerator<string> {
  const [month] = await existingMonths(em);
  const head: BackupHeader = {
    postern: 'backup',
    version: 1,
    at: now.toISOString(),
    migrations: await appliedMigrations(em),
    keyIds,
    oldestMonth: month ? monthName(month) : null,
  };
  yield line(head);
  let rows = 0;
  for (const shape of await tablesInOrder(em)) {
    yield line({ table: shape.name, columns: shape.columns.map(({ name }) => name) });
    for await (const row of rowsOf(em, shape)) {
      yield `${row}\n`;
      rows += 1;
    }
  }
  yield line({ rows });
}

const line = (value: BackupLine): string => `${JSON.stringify(value)}\n`;

/** The rows of a table, each as a JSON list of texts. A cursor reads them, so that no table has to fit into memory. */
async function* rowsOf(em: EntityManager, { name, columns }: TableShape): AsyncGenerator<string> {
  const texts = columns.map((column) => `"${column.name}"::text`).join(', ');
  await em.execute(
    `declare backup no scroll cursor for select to_json(array[${texts}]::text[])::text as row from "${name}"`,
  );
  let page: { row: string }[];
  do {
    page = await em.execute<{ row: string }[]>(`fetch ${ROWS_PER_PAGE} from backup`);
    for (const { row } of page) yield row;
  } while (page.length === ROWS_PER_PAGE);
  await em.execute('close backup');
}
