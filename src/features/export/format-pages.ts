import { csvHeader, toCsv } from '../../text/csv.js';
import { toJsonLines } from '../../text/json-lines.js';

/** The formats of an export: CSV with a header line, or one JSON object per line. */
export const exportFormats = ['csv', 'jsonl'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Formats pages of records, one text per page, with these columns in this order. */
export async function* formatPages<Column extends string>(
  pages: AsyncIterable<readonly Readonly<Record<Column, string | number | bigint | Date | null>>[]>,
  format: ExportFormat,
  columns: readonly Column[],
): AsyncGenerator<string> {
  let header = format === 'csv' ? csvHeader(columns) : '';
  for await (const page of pages) {
    yield header + (format === 'csv' ? toCsv(columns, page) : toJsonLines(page.map((record) => pick(record, columns))));
    header = '';
  }
}

const pick = <Column extends string>(record: Readonly<Record<Column, unknown>>, columns: readonly Column[]) =>
  Object.fromEntries(columns.map((column) => [column, record[column]]));
