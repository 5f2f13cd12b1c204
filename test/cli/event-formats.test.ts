import { Readable } from 'node:stream';
import { expect, test } from '@jest/globals';
import type { ExportedEvent } from '../../src/features/security-event/export-events.js';
import { eventsAsCsv, eventsAsJson } from '../../src/cli/event-formats.js';

const silent = {
  id: 'id',
  at: new Date('2026-11-01T08:00:00Z'),
  type: 'LOGIN_FAILED',
  outcome: 'REFUSED',
  accountId: null,
  username: null,
  actorId: null,
  actorUsername: null,
  reason: null,
  detail: null,
  ip: null,
  sessionId: null,
  requestId: 'r',
} satisfies Partial<ExportedEvent>;

const eventWith = (userAgent: string): AsyncIterable<ExportedEvent> => Readable.from([{ ...silent, userAgent }]);

async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

/** Every text that a spreadsheet may read as a cell, whichever separator it uses. */
const cellsOf = (csv: string): string[] =>
  [',', ';', '\t', '|']
    .flatMap((separator) => csv.split(/\r?\n/).flatMap((line) => line.split(separator)))
    .map((cell) => cell.replaceAll('"', '').trim());

test.each([
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '＝1',
  '＋1',
  '－1',
  '＠1',
  ' =1',
  '\n=1',
  'x;=1',
  'x; =1',
  'x,=1',
  'x|=1',
  'x\t=1',
  '"=1',
  'x";=1',
  "';=1",
])('prevents spreadsheets from reading %j as a formula, with any separator (R-98)', async (userAgent) => {
  expect(
    cellsOf(await textOf(eventsAsCsv(eventWith(userAgent)))).filter((cell) => /^[=+\-@＝＋－＠]/.test(cell)),
  ).toEqual([]);
});

test.each([['a\u001b[31m'], ['a\r\nb'], ['\u202etxt.exe'], ['\u200b\u2066'], ['\u009b1m']])(
  'escapes %j in CSV and JSON (R-98)',
  async (userAgent) => {
    for (const text of [
      await textOf(eventsAsCsv(eventWith(userAgent))),
      await textOf(eventsAsJson(eventWith(userAgent))),
    ]) {
      expect(text).not.toMatch(
        /[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/,
      );
      expect(text.trimEnd().split('\n').at(-1)).toContain('\\u');
    }
  },
);

test('leaves harmless text in a CSV cell unchanged', async () => {
  const csv = await textOf(eventsAsCsv(eventWith('Mozilla/5.0 (X11; Linux x86_64), “漢”')));
  expect(csv).toContain(',"Mozilla/5.0 (X11; Linux x86_64), “漢”",');
});
