import { stringify } from 'csv-stringify/sync';
import type { ExportedEvent } from '../features/security-event/export-events.js';
import { visible } from '../text/visible-text.js';

const columns = [
  'id',
  'at',
  'type',
  'outcome',
  'accountId',
  'username',
  'actorId',
  'actorUsername',
  'reason',
  'detail',
  'ip',
  'userAgent',
  'sessionId',
  'requestId',
] as const satisfies readonly (keyof ExportedEvent)[];

/** What somebody else wrote is shown as it is, with nothing that could mislead a terminal. */
const neutralize = (event: ExportedEvent) =>
  Object.fromEntries(
    columns.map((column) => [
      column,
      column === 'at' ? event.at.toISOString() : event[column] && visible(event[column]),
    ]),
  );

/** One JSON object a line. */
export async function* eventsAsJson(events: AsyncIterable<ExportedEvent>): AsyncGenerator<string> {
  for await (const event of events) yield `${JSON.stringify(neutralize(event))}\n`;
}

/**
 * Where a cell may begin for a spreadsheet: at its beginning, and after what some take for the separator; and then what
 * begins a formula.
 */
const formulas = /(^|[;|,"'])(\s*)(?=[=+\-@＝＋－＠])/g;

const withoutFormulas = (text: string): string => text.replace(formulas, "$1$2'");

/**
 * CSV (RFC 4180) with a head line. No cell is taken for a formula by a spreadsheet: what could be one begins
 * with an apostrophe, also within a cell, since spreadsheets of some countries separate by semicolons.
 */
export async function* eventsAsCsv(events: AsyncIterable<ExportedEvent>): AsyncGenerator<string> {
  const options = { columns: [...columns], record_delimiter: '\r\n', cast: { string: withoutFormulas } } as const;
  yield stringify([columns], { record_delimiter: '\r\n' });
  for await (const event of events) yield stringify([neutralize(event)], options);
}
