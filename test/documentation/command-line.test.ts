import { globSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { checkNames } from '../../src/cli/check-result.js';

/** The rows of the table of commands, such as `keys forget ID`. */
const rows = [...readFileSync('docs/cli.md', 'utf8').matchAll(/^\| `([^`]+)` \|/gm)].map(([, usage = '']) => usage);

/** The commands of each file; one with subcommands comes first. */
const commands = globSync('src/cli/*.command.ts').flatMap((file) => {
  const names = [...readFileSync(file, 'utf8').matchAll(/\.command\('([a-z-]+)/g)].map(([, name = '']) => name);
  const [group, ...subcommands] = names;
  return subcommands.length > 0 && group !== 'backup' ? subcommands.map((name) => `${group} ${name}`) : names;
});

test('docs/cli.md describes every command', () => {
  expect(commands).toContain('keys forget');
  const missing = commands.filter((command) => !rows.some((usage) => `${usage} `.startsWith(`${command} `)));
  expect(missing).toEqual([]);
});

test('docs/operations.md describes every check of `doctor`, in its order', () => {
  const [, table = ''] = /\n## Doctor\n([\s\S]*?)\n## /.exec(readFileSync('docs/operations.md', 'utf8')) ?? [];
  expect([...table.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name]) => name)).toEqual([...checkNames]);
});
