import type { Reader } from './select.js';

/** A reader for long work: it runs every statement in the separate pool, so that it delays no read of a request. */
export const adHocReader = (reader: Reader): Reader => ({
  run: ({ text }, values) => reader.runAdHoc(text, values),
  runAdHoc: (text, values) => reader.runAdHoc(text, values),
  close: () => Promise.resolve(),
});
