import { stringify } from 'csv-stringify/sync';
import type { ExportedEvent } from '../security-event/export-events.js';
import { visible } from './visible-text.js';

const columns = [
  'id', 'at', 'type', 'outcome', 'accountId', 'username', 'actorId', 'actorUsername', 'reason', 'detail', 'ip', 'userAgent', 'sessionId', 'requestId',
] as const satisfies readonly (keyof ExportedEvent)[];

/** What somebody else wrote is shown as it is, with nothing that could mislead a terminal. */
const harmless = (event: ExportedEvent) =>
  Object.fromEntries(columns.map((column) => [column, column === 'at' ? event.at.toISOString() : event[column] && visible(event[column])]));

/** One JSON object a line. */
export async function* eventsAsJson(events: AsyncIterable<ExportedEvent>): AsyncGenerator<string> {
  for await (const event of events) yield `${JSON.stringify(harmless(event))}\n`;
}

/** CSV (RFC 4180) with a head line. No cell is taken for a formula by a spreadsheet: one that could be begins with an apostrophe. */
export async function* eventsAsCsv(events: AsyncIterable<ExportedEvent>): AsyncGenerator<string> {
  const options = { columns: [...columns], escape_formulas: true, record_delimiter: '\r\n' } as const;
  yield stringify([columns], { record_delimiter: '\r\n' });
  for await (const event of events) yield stringify([harmless(event)], options);
}
