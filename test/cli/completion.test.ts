import { execFileSync } from 'node:child_process';
import { beforeAll, expect, test } from '@jest/globals';
import { runCommand } from '../support/server-process.js';

let script: string;
beforeAll(async () => {
  const { code, stdout, stderr } = await runCommand(['completion', 'bash'], {});
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  script = stdout;
});

/** What bash offers for the last word of a line. */
const offers = (line: string): string[] =>
  execFileSync('bash', [
    '-uc',
    `${script}\nread -ra COMP_WORDS <<< "$0"\n[[ "$0" != *' ' ]] || COMP_WORDS+=('')
     COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))\n_postern\nprintf '%s\\n' "\${COMPREPLY[@]}"`,
    line,
  ])
    .toString()
    .split('\n')
    .filter(Boolean);

test.each([
  ['commands and aliases', 'postern ch', ['check']],
  ['commands of a group', 'postern keys ', ['generate', 'rotate', 'list', 'forget', '--json', '--help']],
  ['options of a command', 'postern doctor --', ['--strict', '--json', '--help']],
  ['options of a command after another option', 'postern --json keys rotate --n', ['--now']],
  ['values of an option', 'postern users list --role ', ['USER', 'ADMIN', 'ROOT', 'SERVICE']],
  ['values of an argument', 'postern completion z', ['zsh']],
  ['nothing where a file is expected', 'postern restore back', []],
])('offers %s', (_, line, expected) => {
  expect(offers(line)).toEqual(expected);
});

test('offers fish the same words for each command as bash', async () => {
  const { code, stdout } = await runCommand(['completion', 'fish'], {});
  const inFish = [...stdout.matchAll(/case '([^']*)'\n +set words ?(.*)/g)].map(([, place, words]) => [place, words]);
  const inBash = [...script.matchAll(/'([^']*)'\) words='([^']*)'/g)].map(([, place, words]) => [place, words]);
  expect({ code, inFish }).toEqual({ code: 0, inFish: inBash });
  expect(inBash.length).toBeGreaterThan(30);
});

test('refuses a shell that it does not know', async () => {
  expect(await runCommand(['completion', 'csh'], {})).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining('Allowed choices are bash, zsh, fish.'),
  });
});
