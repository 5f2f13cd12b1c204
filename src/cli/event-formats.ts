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

/** Escapes characters in user input that could change what a terminal shows. */
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
 * The start of the text, or a character that a spreadsheet may read as a separator, followed by one that starts a
 * formula.
 */
const formulaStart = /(^|[;|,"'])(\s*)(?=[=+\-@＝＋－＠])/g;

const escapeFormulas = (text: string): string => text.replace(formulaStart, "$1$2'");

/**
 * CSV (RFC 4180) with a header line. Formulas get an apostrophe in front, so that a spreadsheet doesn't run them
 * . This also applies within a cell, since some locales separate cells by semicolons.
 */
export async function* eventsAsCsv(events: AsyncIterable<ExportedEvent>): AsyncGenerator<string> {
  const options = { columns: [...columns], record_delimiter: '\r\n', cast: { string: escapeFormulas } } as const;
  yield stringify([columns], { record_delimiter: '\r\n' });
  for await (const event of events) yield stringify([escapeEvent(event)], options);
}
