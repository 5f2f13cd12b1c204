import pg from 'pg';

const { INT8, TIMESTAMPTZ } = pg.types.builtins;
const parserOf = (oid: number, format?: 'text' | 'binary') =>
  pg.types.getTypeParser(oid, format) as (text: string) => unknown;
const readAnyTimestamp = parserOf(TIMESTAMPTZ);

/**
 * Reads a moment: as a session in UTC writes those of our times, in half of the time that all forms of the database
 * take.
 */
export const readTimestamp = (text: string): unknown =>
  text[10] === ' ' && text.endsWith('+00')
    ? new Date(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`)
    : readAnyTimestamp(text);

/** How every connection reads columns: a `bigint` exactly, a timestamp quickly, others as the driver does. */
export const columnParsers: Readonly<Record<number, (text: string) => unknown>> = {
  [INT8]: BigInt,
  [TIMESTAMPTZ]: readTimestamp,
};

/** The same, as node-postgres takes it. */
export const columnTypes = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => columnParsers[oid] ?? parserOf(oid, format),
};
