import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { readTestTitles } from './read-test-titles.js';

/** The requirements of levels 1 and 2 in chapters 6 to 10 of OWASP ASVS 5.0.0, by section. */
const requirements: Readonly<Record<string, readonly number[]>> = {
  '6.1': [1, 2, 3],
  '6.2': [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
  '6.3': [1, 2, 3, 4],
  '6.4': [1, 2, 3, 4],
  '6.5': [1, 2, 3, 4, 5],
  '6.6': [1, 2, 3],
  '6.8': [1, 2, 3, 4],
  '7.1': [1, 2, 3],
  '7.2': [1, 2, 3, 4],
  '7.3': [1, 2],
  '7.4': [1, 2, 3, 4, 5],
  '7.5': [1, 2],
  '7.6': [1, 2],
  '8.1': [1, 2],
  '8.2': [1, 2, 3],
  '8.3': [1],
  '8.4': [1],
  '9.1': [1, 2, 3],
  '9.2': [1, 2, 3, 4],
  '10.1': [1, 2],
  '10.2': [1, 2],
  '10.3': [1, 2, 3, 4],
  '10.4': [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
  '10.5': [1, 2, 3, 4, 5],
  '10.6': [1, 2],
  '10.7': [1, 2, 3],
};

const page = readFileSync('docs/asvs.md', 'utf8');
const rows = [...page.matchAll(/^\| ([\d.]+) +\| [12] +\| ([^|]+) \| (.+) \|$/gm)].map(
  ([, id = '', statement = '', evidence = '']) => ({ id, statement: statement.trim(), evidence: evidence.trim() }),
);
const quoted = rows.flatMap(({ id, evidence }) =>
  [...evidence.matchAll(/`(test\/[^`]+)`: \*([^*]+)\*/g)].map(([, file = '', title = '']) => ({ id, file, title })),
);

test('lists every requirement of ASVS 5.0, levels 1 and 2 of chapters 6 to 10, once and in order', () => {
  const ids = Object.entries(requirements).flatMap(([section, numbers]) => numbers.map((n) => `${section}.${n}`));
  expect(rows.map(({ id }) => id)).toEqual(ids);
});

test('gives a test, a page, a reason, a deviation or a gap for each requirement of ASVS', () => {
  const unanswered = rows.filter(
    ({ evidence }) =>
      !/`test\/[^`]+`: \*|Does not apply: |Gap: |Nothing to test: /.test(evidence) || evidence.length < 20,
  );
  expect(unanswered).toEqual([]);
});

test.each(quoted)('quotes for ASVS $id a test that exists: $title', ({ file, title }) => {
  expect(readTestTitles(readFileSync(file, 'utf8'))).toContain(title);
});
