import { expect, test } from '@jest/globals';
import { csvHeader, toCsv } from '../../src/text/csv.js';

const cell = (value: string | number | bigint | Date | null) => toCsv(['value'], [{ value }]);

test('writes lines that end in CR LF, with a header line of the columns (RFC 4180)', () => {
  expect(csvHeader(['id', 'at'])).toBe('id,at\r\n');
  expect(
    toCsv(
      ['id', 'count'],
      [
        { id: 'a', count: 1 },
        { id: 'b', count: null },
      ],
    ),
  ).toBe('a,1\r\nb,\r\n');
});

test.each([
  ['a,b', '"a,b"\r\n'],
  ['a"b', '"a""b"\r\n'],
  ['漢字', '漢字\r\n'],
  [new Date('2026-11-01T08:00:00Z'), '2026-11-01T08:00:00.000Z\r\n'],
  [-1n, '-1\r\n'],
  [0, '0\r\n'],
])('writes %j as %j', (value, text) => {
  expect(cell(value)).toBe(text);
});

test.each([
  ['=1', "'=1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@A1', "'@A1"],
  ['＝1', "'＝1"],
  ['＋1', "'＋1"],
  ['－1', "'－1"],
  ['＠A1', "'＠A1"],
  ['\ttab', "'\\u0009tab"],
  ['\r=1', "'\\u000d=1"],
  ['\n=1', "'\\u000a=1"],
  ['a;=1', "a;'=1"],
  ['a-1=b', 'a-1=b'],
])('writes the text %j as %j, which no spreadsheet runs (R-138)', (text, expected) => {
  expect(cell(text)).toBe(`${expected}\r\n`);
});
