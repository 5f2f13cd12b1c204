import { expect, test } from '@jest/globals';
import { FirstLines } from '../../../src/features/user-import/first-lines.js';

test('finds the first line of each of 50,000 values', () => {
  const lines = new FirstLines();
  const values = Array.from({ length: 50_000 }, (_, index) => `value ${index}`);
  expect(values.filter((value, index) => lines.note(value, index + 1) !== null)).toEqual([]);
  expect(values.filter((value, index) => lines.note(value, 99_999) !== index + 1)).toEqual([]);
});
