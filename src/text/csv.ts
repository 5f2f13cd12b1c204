import { stringify } from 'csv-stringify/sync';
import { escapeMisleading } from './visible-text.js';

/** A value of a cell. A missing one is an empty cell, and a time is written in ISO 8601. */
type Cell = string | number | bigint | Date | null;

/**
 * The start of the text, or a character that a spreadsheet may read as a separator, followed by one that starts a
 * formula.
 */
const formulaStart = /(^|[;|,"'])(\s*)(?=[=+\-@＝＋－＠])/g;

/** Spreadsheets drop these in front of a formula. */
const droppedStart = /^(?=[\t\r\n])/;

/**
 * Puts an apostrophe in front of what a spreadsheet would run, also within a cell, since some locales separate cells by
 * semicolons. Characters that would show other text are escaped.
 */
const escapeCell = (text: string): string =>
  escapeMisleading(text.replace(droppedStart, "'")).replace(formulaStart, "$1$2'");

const options = {
  record_delimiter: '\r\n',
  cast: { string: escapeCell, date: (time: Date) => time.toISOString() },
} as const;

/** The header line of CSV. */
export const csvHeader = (columns: readonly string[]): string => stringify([columns], options);

/** Rows as CSV (RFC 4180), without the header line. */
export const toCsv = <Column extends string>(
  columns: readonly Column[],
  rows: readonly Readonly<Record<Column, Cell>>[],
): string => stringify([...rows], { ...options, columns: [...columns] });
