import { globSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { filesWithTests, readTestTitles } from '../documentation/read-test-titles.js';
import { titleFaults } from './title-faults.js';

const files = globSync(filesWithTests);

test('keeps all test titles short and unique within their file', () => {
  const titles = files.map((file) => [file, readTestTitles(readFileSync(file, 'utf8'))] as const);
  expect(titles.flatMap(([, all]) => all).length).toBeGreaterThan(1_000);
  expect(titles.flatMap(([file, all]) => titleFaults(all).map((fault) => `${file}: ${fault}`))).toEqual([]);
});

test.each([
  ['a title of more than 100 characters', [`does ${'x'.repeat(96)}`], [`too long: does ${'x'.repeat(96)}`]],
  ['a title that another test has', ['does x', 'does x'], ['used twice: does x']],
  ['a title that ends with a period', ['does x.'], ['ends with a period: does x.']],
  ['a conjunction as the first word', ['and does y'], ['begins with a conjunction: and does y']],
])('finds %s', (_name, titles, faults) => {
  expect(titleFaults(titles)).toEqual(faults);
  expect(titleFaults(['does x when y (R-48)'])).toEqual([]);
});
