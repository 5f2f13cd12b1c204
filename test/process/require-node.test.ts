import { afterAll, expect, test } from '@jest/globals';
import { cleanUp, launch, launchServer, temporaryFolder, type Ended } from '../support/server-process.js';

afterAll(cleanUp);

/** Makes Node report another version of itself. */
const pretending = (version: string) => [
  '--import',
  `data:text/javascript,${encodeURIComponent(`Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });`)}`,
];

const sentence = (version: string) =>
  `Postern requires Node 22.17 or newer; this is Node ${version}. Run it with "npm start", which uses the Node that "npm ci" installs with the optional dependencies.\n`;

test.each(['18.20.4', '20.20.2', '22.16.9'])('rejects Node %s with a message that it is too old', async (version) => {
  const folder = temporaryFolder();
  const { code, stdout, stderr } = await launchServer({ DATA_DIR: folder }, pretending(version)).ended;
  expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: '', stderr: sentence(version) });
});

test('rejects an old Node on the command line with a message that it is too old', async () => {
  const { code, stdout, stderr }: Ended = await launch(
    process.execPath,
    [...pretending('20.0.0'), 'bin/postern.js', '--help'],
    {},
  ).ended;
  expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: '', stderr: sentence('20.0.0') });
});

test.each(['22.17.0', '24.0.0'])('accepts Node %s', async (version) => {
  const { code, stdout } = await launch(process.execPath, [...pretending(version), 'bin/postern.js', '--help'], {})
    .ended;
  expect(code).toBe(0);
  expect(stdout).toContain('Usage: postern');
});
