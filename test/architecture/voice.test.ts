import { expect, test } from '@jest/globals';
import { dialect } from '../../scripts/voice/dialect.js';
import { findDialect } from '../../scripts/voice/find-dialect.js';

test.each(dialect)('reports the banned wording in "$planted"', ({ planted, pattern, instead }) => {
  const findings = findDialect('src/planted.ts', `export {};\n${planted}\n`);
  expect(findings).toContainEqual({
    file: 'src/planted.ts',
    line: 2,
    found: pattern.exec(planted)![0],
    instead,
  });
});

test.each(dialect)('accepts the wording "$right"', ({ right, pattern }) => {
  expect(right).not.toMatch(pattern);
});

test('checks all documents except the tables of changed texts in CHANGELOG.md', () => {
  const { planted } = dialect[0]!;
  const row = `| ${planted} | its replacement |`;
  expect(findDialect('docs/operations.md', row)).toHaveLength(1);
  expect(findDialect('CHANGELOG.md', row)).toEqual([]);
  expect(findDialect('CHANGELOG.md', planted)).toHaveLength(1);
});
