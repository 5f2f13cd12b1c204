import pg from 'pg';

const { INT8, TIMESTAMPTZ }: Record<string, number> = pg.types.builtins;
const parserOf = (oid: number, format?: 'text' | 'binary') => pg.types.getTypeParser(oid, format) as (text: string) => unknown;
const readAnyTimestamp = parserOf(pg.types.builtins.TIMESTAMPTZ);

/** Reads a moment: as a session in UTC writes those of our times, in half of the time that all forms of the database take. */
export const readTimestamp = (text: string): unknown =>
  (text[10] === ' ' && text.endsWith('+00') ? new Date(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`) : readAnyTimestamp(text));

/** How reads understand columns: a `bigint` exactly, a moment quickly, and the others as node-postgres does. */
export const columnTypes = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    if (oid === INT8) return BigInt;
    return oid === TIMESTAMPTZ ? readTimestamp : parserOf(oid, format);
  },
};
