import type { StatementListener } from '../connection/orm-options.js';
import type { Reader } from './select.js';

/** A reader that also reports each statement to a listener. */
export const withStatementListener = (reader: Reader, listener: StatementListener): Reader => ({
  run: (statement, values) => {
    listener(statement.text);
    return reader.run(statement, values);
  },
  runAdHoc: (text, values) => {
    listener(text);
    return reader.runAdHoc(text, values);
  },
  close: () => reader.close(),
});
