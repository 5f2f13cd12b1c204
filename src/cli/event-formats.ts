import { stringify } from 'csv-stringify/sync';
import type { ExportedEvent } from '../features/security-event/export-events.js';
import { escapeMisleading } from '../text/visible-text.js';

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

/** Escapes characters in other people's text that could mislead a terminal. */
const escapeEvent = (event: ExportedEvent) =>
  Object.fromEntries(
    columns.map((column) => [
      column,
      column === 'at' ? event.at.toISOString() : event[column] && escapeMisleading(event[column]),
    ]),
  );

/** One JSON object per line. */
export async function* eventsAsJson(events: AsyncIterable<ExportedEvent>): AsyncGenerator<string> {
  for await (const event of events) yield `${JSON.stringify(escapeEvent(event))}\n`;
}

/**
 * A place where a spreadsheet may start a cell (the start of the text, or after a character that it takes for a
 * separator), followed by a character that starts a formula.
 */
const formulaStart = /(^|[;|,"'])(\s*)(?=[=+\-@＝＋－＠])/g;

const escapeFormulas = (text: string): string => text.replace(formulaStart, "$1$2'");

/**
 * CSV (RFC 4180) with a header line. Text that a spreadsheet could run as a formula gets an apostrophe in front,
 * also within a cell, since spreadsheets in some countries separate by semicolons.
 */
export async function* eventsAsCsv(events: AsyncIterable<ExportedEvent>): AsyncGenerator<string> {
  const options = { columns: [...columns], record_delimiter: '\r\n', cast: { string: escapeFormulas } } as const;
  yield stringify([columns], { record_delimiter: '\r\n' });
  for await (const event of events) yield stringify([escapeEvent(event)], options);
}
