import { globSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { filesWithTests, readTestTitles } from './read-test-titles.js';
import { requirementFaults } from './requirement-faults.js';

const requirements = readFileSync('docs/security-requirements.md', 'utf8');
const titles = globSync(filesWithTests).flatMap((file) => readTestTitles(readFileSync(file, 'utf8')));

test('names every requirement in the title of a test or in a line of "Not yet"', () => {
  expect(requirementFaults(requirements, titles)).toEqual([]);
});

test('numbers the requirements from 1 to 139 without a gap', () => {
  const numbers = [...requirements.matchAll(/^\*\*R-(\d+)\*\*/gm)].map(([, number]) => Number(number));
  expect(numbers).toEqual(Array.from({ length: 139 }, (_, index) => index + 1));
});

const statements = '**R-1** (high) One.\n\n**R-2** (low) Two.\n\n**R-12** (low) Twelve.\n\n## Not yet\n\n';
const planted = [
  ['nothing when every requirement has a test or a line', ['one (R-1)', 'two (R-2, R-12)'], '', []],
  [
    'nothing when a line says that a test proves it in part',
    ['one (R-1)', 'two (R-2)', 'some (R-12)'],
    '- R-12: in part; the rest comes with mail',
    [],
  ],
  ['a requirement with neither', ['one (R-1)', 'R-12'], '', ['R-2 has neither a test nor a line in "Not yet"']],
  [
    'a number that only begins like another one',
    ['twelve (R-12)', 'two (R-2)'],
    '',
    ['R-1 has neither a test nor a line in "Not yet"'],
  ],
  [
    'a requirement with both',
    ['R-1', 'R-2', 'R-12'],
    '- R-2: mail',
    ['R-2 has a test and a line in "Not yet", which must go or say what is missing "in part"'],
  ],
  ['a part without a test', ['R-1', 'R-12'], '- R-2: mail, in part', ['R-2 is listed "in part", but has no test']],
  [
    'a test of a requirement that does not exist',
    ['R-1', 'R-2', 'R-12', 'R-13'],
    '',
    ['a test cites R-13, which does not exist'],
  ],
  [
    'a line for a requirement that does not exist',
    ['R-1', 'R-2', 'R-12'],
    '- R-13: mail',
    ['"Not yet" lists R-13, which does not exist'],
  ],
  [
    'a line in an unknown form',
    ['R-1', 'R-2', 'R-12'],
    '- R2 mail',
    ['"Not yet" has a duplicate line, or one that is not "- R-n: why"'],
  ],
] as const;

test.each(planted)('finds %s when comparing requirements and tests', (_name, titles, lines, faults) => {
  expect(requirementFaults(statements + lines, titles)).toEqual(faults);
});

test('reads the titles only of tests that run', () => {
  expect(
    readTestTitles(`
    test('plain', () => {});
    it(\`template\`, () => {});
    test.each([1])('each %s', () => {});
    test.concurrent('concurrent', async () => {});
    for (const n of [1]) test(\`with \${n} value (R-1)\`, () => {});
    describe('a group (R-2)', () => { test('inside', () => {}); });
    test.skip('skipped (R-3)', () => {});
    test.skip.each([1])('skipped (R-4)', () => {});
    test.todo('planned (R-5)');
    describe.skip('skipped group', () => { test('skipped inside (R-6)', () => {}); });
    // test('commented out (R-7)', () => {});
    log('test (R-8)');
  `),
  ).toEqual(['plain', 'template', 'each %s', 'concurrent', '`with ${n} value (R-1)`', 'inside']);
});
