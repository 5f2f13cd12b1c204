import type { PGlite } from '@electric-sql/pglite';
import { columnParsers } from '../connection/column-types.js';
import type { Reader } from './select.js';

/** Reads from the embedded database, which runs in this process: there is no connection to save. */
export function openEmbeddedReader(pglite: PGlite): Reader {
  const ask: Reader['ask'] = async (text, values) =>
    (await pglite.query<object>(text, [...values], { parsers: columnParsers })).rows;
  return { ask, run: ({ text }, values) => ask(text, values), close: () => Promise.resolve() };
}
