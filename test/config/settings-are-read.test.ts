import { expect, test } from '@jest/globals';
import { loadConfig } from '../../src/config/config.js';
import { settings } from '../../src/config/settings.js';
import { sources } from '../architecture/source-files.js';

const code = (isWanted: (path: string) => boolean): string =>
  sources()
    .filter(({ path }) => isWanted(path))
    .map((file) => file.code)
    .join('\n');

/** The names of the values of a configuration, such as `memoryKib`. */
const namesIn = (values: object): string[] =>
  Object.entries(values).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? namesIn(value as object) : [name],
  );

test('turns every setting into a value of the configuration', () => {
  const config = code((path) => /^src\/config\/(?:\w+-)?config\.ts$/.test(path));
  expect(Object.keys(settings).filter((name) => !new RegExp(`values\\.${name}\\b`).test(config))).toEqual([]);
});

test('reads every value of the configuration in src', () => {
  const rest = code((path) => !path.startsWith('src/config/'));
  const config = loadConfig({ POSTERN_ADMIN_USERNAME: 'root', POSTERN_ADMIN_PASSWORD_FILE: '/password' });
  expect(namesIn(config).filter((name) => !new RegExp(`(?:\\.|[{,]\\s*)${name}\\b`).test(rest))).toEqual([]);
});
