import type { PGlite } from '@electric-sql/pglite';
import type { Reader } from './select.js';

/** Reads from the embedded database in this process, where there is no connection to save. */
export function openEmbeddedReader(pglite: PGlite): Reader {
  const runAdHoc: Reader['runAdHoc'] = async (text, values) => (await pglite.query<object>(text, [...values])).rows;
  return { runAdHoc, run: ({ text }, values) => runAdHoc(text, values), close: () => Promise.resolve() };
}
