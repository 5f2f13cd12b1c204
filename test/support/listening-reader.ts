import type { Reader } from '../../src/database/read/select.js';

/** How a reader runs a statement: planned once with other reads, planned once in its own pool, or planned each time. */
export type Way = 'run' | 'slow' | 'ask';

/** A reader that returns no rows and records how each statement would run. */
export function listeningReader(): { readonly reader: Reader; readonly statements: readonly Way[] } {
  const statements: Way[] = [];
  const hear = (way: Way) => {
    statements.push(way);
    return Promise.resolve([]);
  };
  const reader: Reader = {
    run: ({ isSlow }) => hear(isSlow ? 'slow' : 'run'),
    runAdHoc: () => hear('ask'),
    close: () => Promise.resolve(),
  };
  return { statements, reader };
}
