import { expect, test } from '@jest/globals';
import { medianOf, ratiosOf } from '../../bench/compare/comparison.js';
import { median, medianAndQuartiles, summary } from '../../bench/statistics.js';

test.each([
  [[3, 1, 2], 2],
  [[4, 1, 3, 2], 2.5],
  [[7], 7],
])('computes the median of %j as %d', (numbers, expected) => {
  expect(median(numbers)).toBe(expected);
});

test('shows the quartiles beside the median', () => {
  expect(medianAndQuartiles([1, 2, 3, 4, 9], 1)).toBe('3.0 (2.0–4.0)');
});

test('summarizes numbers by their median, minimum and maximum', () => {
  expect(summary([1.06, 0.98, 1.01], 2)).toBe('1.01 (0.98–1.06)');
});

const comparison = {
  other: [
    { server: 4, database: 2 },
    { server: 6, database: 2 },
  ],
  tree: [
    { server: 2, database: 1 },
    { server: 3, database: 4 },
  ],
};

test('divides the other revision’s CPU time by the working tree’s for each round', () => {
  expect(ratiosOf('server', comparison)).toEqual([2, 2]);
  expect(ratiosOf('database', comparison)).toEqual([2, 0.5]);
  expect(ratiosOf('total', comparison)).toEqual([2, 8 / 7]);
});

test('computes the median total from the total of each round', () => {
  expect(medianOf('total', comparison.tree)).toBe(5);
});
