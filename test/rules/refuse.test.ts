import { globSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { userErrorMessages, type UserErrorCode } from '../../src/rules/user-error-messages.js';

/** The codes in `toBeRefusedWith` of all tests, read from their sources. */
const produced = globSync('test/**/*.test.ts')
  .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/toBeRefusedWith\(([^)]*)\)/g)])
  .flatMap(([, expected]) => [...expected!.matchAll(/\[\s*'([A-Z_]+)'/g)].map(([, code]) => code));

test.each(Object.keys(userErrorMessages) as UserErrorCode[])('has a test that produces the error code %s', (code) => {
  expect(produced).toContain(code);
});

test('detects an error code that no test produces', () => {
  expect(produced).not.toContain('NO_SUCH_CODE');
  expect(produced.length).toBeGreaterThan(Object.keys(userErrorMessages).length);
});

test('has a distinct message for every error code', () => {
  const messages = Object.values(userErrorMessages);
  for (const { EN, ZH } of messages) {
    expect(EN).toMatch(/^[A-Z].*\.$/);
    expect(ZH).toMatch(/^\P{ASCII}.*。$/u);
  }
  expect(new Set(messages.map(({ EN }) => EN)).size).toBe(messages.length);
  expect(new Set(messages.map(({ ZH }) => ZH)).size).toBe(messages.length);
});
