import type { Reader } from '../../src/database/read/select.js';

/** A reader that returns no rows and records which method was called. */
export function hearingReader(): { readonly reader: Reader; readonly heard: readonly ('run' | 'ask')[] } {
  const heard: ('run' | 'ask')[] = [];
  const hear = (way: 'run' | 'ask') => () => {
    heard.push(way);
    return Promise.resolve([]);
  };
  return { heard, reader: { run: hear('run'), ask: hear('ask'), close: () => Promise.resolve() } };
}
