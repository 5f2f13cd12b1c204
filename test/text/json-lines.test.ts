import { expect, test } from '@jest/globals';
import { toJsonLines } from '../../src/text/json-lines.js';

test('writes one object per line, and integers that JSON parsers would round as strings', () => {
  const rows = [
    { at: new Date('2026-11-01T08:00:00Z'), quota: 9_007_199_254_740_991n },
    { at: null, quota: 9_007_199_254_740_993n },
  ];
  expect(toJsonLines(rows)).toBe(
    '{"at":"2026-11-01T08:00:00.000Z","quota":9007199254740991}\n{"at":null,"quota":"9007199254740993"}\n',
  );
  expect(toJsonLines([])).toBe('');
});

test.each(['a\nb', 'a\u2028b', '\u202etxt.exe', '\u009b1m', '漢'])(
  'writes %j so that a parser reads it back, and a terminal shows no other text (R-98)',
  (name) => {
    const line = toJsonLines([{ name }]);
    expect(JSON.parse(line)).toEqual({ name });
    expect(line.trimEnd()).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e]/);
  },
);
