import type { StatementListener } from '../connection/orm-options.js';
import type { Reader } from './select.js';

/** Lets a listener hear what a reader executes. */
export const listenToReads = (reader: Reader, listener: StatementListener): Reader => ({
  run: (statement, values) => {
    listener(statement.text);
    return reader.run(statement, values);
  },
  ask: (text, values) => {
    listener(text);
    return reader.ask(text, values);
  },
  close: () => reader.close(),
});
