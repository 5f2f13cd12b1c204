import { afterAll, expect, test } from '@jest/globals';
import { cleanUp, launch, migratedFolder } from '../support/server-process.js';

afterAll(cleanUp);

test('prints a readable banner with the setup token on a terminal, and stops on Ctrl+C (R-77)', async () => {
  const directory = migratedFolder();
  // `script` of util-linux gives the server a terminal, and types its own standard input into it.
  const terminal = launch(
    'script',
    ['--quiet', '--return', '--command', `${process.execPath} bin/start.js`, '/dev/null'],
    { DATA_DIR: directory, TERM: 'xterm' },
  );
  await terminal.until(({ stdout }) => stdout.includes('--username YOUR-NAME'));
  const shown = terminal.stdout.replaceAll('\r', '');
  expect(shown.split('\n')[0]).toBe('Postern is starting in development mode …');
  expect(shown).toMatch(/^ {2}Postern is ready\.$/m);
  expect(shown).toMatch(new RegExp(`^ {2}database {4}embedded PostgreSQL in ${directory} `, 'm'));
  const address = /^ {2}graphql {5}(http:\/\/127\.0\.0\.1:\d+)\/graphql \(POST\)$/m.exec(shown)?.[1];
  expect(address).toBeDefined();
  for (const name of ['migrations', 'mail', 'sandbox', 'explorer', 'health'])
    expect(shown).toMatch(new RegExp(`^ {2}${name} +\\S`, 'm'));
  expect(shown).toMatch(new RegExp(`^ {4}${address}/setup#psu_\\w{49}$`, 'm'));
  expect(shown).toContain(
    `    curl -s ${address}/graphql -H 'content-type: application/json' -d '{"query":"mutation (`,
  );
  expect(shown).toContain('    npm run postern -- admin create --username YOUR-NAME');
  expect(shown).toContain('Press Ctrl+C to stop.');
  expect(shown).not.toMatch(/^\{/m);

  terminal.child.stdin!.write('\x03');
  const { stdout } = await terminal.ended;
  expect(stdout).toContain('SIGINT received: finishing requests in progress, then stopping');
});
