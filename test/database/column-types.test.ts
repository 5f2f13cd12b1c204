import { expect, test } from '@jest/globals';
import { parseTimestamp } from '../../src/database/connection/column-types.js';

test.each([
  ['2026-11-24 18:20:00+00', '2026-11-24T18:20:00.000Z'],
  ['2026-11-24 18:20:00.5+00', '2026-11-24T18:20:00.500Z'],
  ['2026-11-24 18:20:00.123999+00', '2026-11-24T18:20:00.123Z'],
  ['0001-01-01 00:00:00+00', '0001-01-01T00:00:00.000Z'],
  ['9999-12-31 23:59:59.999+00', '9999-12-31T23:59:59.999Z'],
  ['10000-01-01 00:00:00+00', '+010000-01-01T00:00:00.000Z'],
  ['2026-11-24 18:20:00.25+05:30', '2026-11-24T12:50:00.250Z'],
  ['2026-11-24 18:20:00-08', '2026-11-25T02:20:00.000Z'],
  ['0044-03-15 00:00:00+00 BC', '-000043-03-15T00:00:00.000Z'],
])('reads the database timestamp %s as %s', (text, time) => {
  expect(parseTimestamp(text)).toEqual(new Date(time));
});

test('reads an infinite timestamp as Infinity', () => {
  expect(parseTimestamp('infinity')).toBe(Infinity);
});
