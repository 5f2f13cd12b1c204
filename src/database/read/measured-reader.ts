import { measureStatement, measureText } from '../../telemetry/statements.js';
import type { Reader } from './select.js';

/** A reader whose statements are measured: by their name, or by their text if they have none. */
export const withMeasurement = (reader: Reader): Reader => ({
  run: (statement, values) => measureStatement(statement.name, () => reader.run(statement, values)),
  runAdHoc: (text, values) => measureText(text, () => reader.runAdHoc(text, values)),
  close: () => reader.close(),
});
