import type { PGlite } from '@electric-sql/pglite';
import type { Reader } from './select.js';

/** Reads from the embedded database, which is in this process and needs no connections. */
export function openEmbeddedReader(pglite: Pick<PGlite, 'query'>): Reader {
  const runAdHoc: Reader['runAdHoc'] = async (text, values) => (await pglite.query<object>(text, [...values])).rows;
  return { runAdHoc, run: ({ text }, values) => runAdHoc(text, values), close: () => Promise.resolve() };
}
