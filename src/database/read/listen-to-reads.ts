import type { StatementListener } from '../connection/orm-options.js';
import type { Reader } from './select.js';

/** Reports what a reader executes to a listener. */
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
