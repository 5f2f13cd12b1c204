import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { expect, test } from '@jest/globals';
import { loadConfig } from '../../src/config/config.js';
import { secretSettings, settings } from '../../src/config/settings.js';

const example = readFileSync(join(import.meta.dirname, '../../.env.example'), 'utf8');
const assignments = [...example.matchAll(/^#(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value] as const);

test('changes nothing when it is copied as it is', () => {
  expect(parseEnv(example)).toEqual({});
});

test('names every setting once, and the file of every secret', () => {
  const names = assignments.map(([name]) => name);
  const files = secretSettings.map((name) => `${name}_FILE`);
  expect(names.toSorted()).toEqual([...Object.keys(settings), ...files].toSorted());
});

test('has the defaults, so that every line without its # changes nothing', () => {
  // This one alone distinguishes an empty value from none.
  const lines = assignments.filter(([name]) => name !== 'POSTERN_TWO_FACTOR_REQUIRED_FOR');
  const text = lines.map(([name, value]) => `${name}=${value}\n`).join('');
  expect(loadConfig(parseEnv(text))).toEqual(loadConfig({}));
});

test('has lines of at most 120 characters, and each starts with a #', () => {
  const lines = example.split('\n').filter((line) => line !== '');
  expect(lines.filter((line) => !line.startsWith('#') || line.length > 120)).toEqual([]);
});
