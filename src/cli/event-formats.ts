import type { ExportedEvent } from '../features/security-event/export-events.js';
import { csvHeader, toCsv } from '../text/csv.js';
import { toJsonLines } from '../text/json-lines.js';
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
  'traceId',
] as const satisfies readonly (keyof ExportedEvent)[];

/** Escapes characters in user input that could change what a terminal shows, also after the JSON is parsed. */
const escapeEvent = (event: ExportedEvent) =>
  Object.fromEntries(
    columns.map((column) => {
      const value = event[column];
      return [column, typeof value === 'string' ? escapeMisleading(value) : value];
    }),
  );

/** One JSON object per line. */
export async function* eventsAsJson(events: AsyncIterable<ExportedEvent>): AsyncGenerator<string> {
  for await (const event of events) yield toJsonLines([escapeEvent(event)]);
}

/** CSV with a header line. */
export async function* eventsAsCsv(events: AsyncIterable<ExportedEvent>): AsyncGenerator<string> {
  yield csvHeader(columns);
  for await (const event of events) yield toCsv(columns, [event]);
}
