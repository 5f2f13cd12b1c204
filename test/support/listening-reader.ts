import type { Reader } from '../../src/database/read/select.js';

/** A reader that returns no rows and records which method was called. */
export function listeningReader(): { readonly reader: Reader; readonly statements: readonly ('run' | 'ask')[] } {
  const statements: ('run' | 'ask')[] = [];
  const hear = (way: 'run' | 'ask') => () => {
    statements.push(way);
    return Promise.resolve([]);
  };
  return { statements, reader: { run: hear('run'), runAdHoc: hear('ask'), close: () => Promise.resolve() } };
}
