import { types, type PGlite } from '@electric-sql/pglite';
import type { Reader } from './select.js';

const parsers = {
  [types.TIMESTAMPTZ]: (text: string) => new Date(text),
  [types.INT8]: BigInt,
};

/** Reads from the embedded database, which runs in this process: there is no connection to save. */
export function openEmbeddedReader(pglite: PGlite): Reader {
  const ask: Reader['ask'] = async (text, values) => (await pglite.query<object>(text, [...values], { parsers })).rows;
  return { ask, run: ({ text }, values) => ask(text, values), close: () => Promise.resolve() };
}
