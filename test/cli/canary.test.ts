import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openEmbedded } from '../../src/database/connection/embedded.js';
import { everySecret, everyStoredForm, standsIn, type Journey } from '../support/every-secret.js';
import { MailServer } from '../support/mail-server.js';
import { startPostern } from '../support/postern.js';
import { cleanUp, migratedFolder, runCommand, temporaryFolder } from '../support/server-process.js';
import { giveUpMail } from './installation.js';

let journey: Journey;
let stored: string[];
const said: string[] = [];

beforeAll(async () => {
  const [mail, folder, backup] = [await MailServer.start(), migratedFolder(), join(temporaryFolder(), 'backup')];
  const postern = await startPostern({ SMTP_URL: mail.url }, (listener) => openEmbedded(folder, listener));
  journey = await everySecret(postern, mail);
  await giveUpMail(postern.database, `550 ${journey.username} has no mailbox`);
  stored = await everyStoredForm(postern);
  await postern.close();
  await mail.close();
  const why = ['--reason', 'a canary'];
  for (const argv of [
    ['check'],
    ['users', 'list'],
    ['users', 'show', journey.username],
    ['users', 'disable', journey.username, ...why],
    ['admin', 'reset-two-factor', journey.username, ...why],
    ['events', 'export'],
    ['events', 'export', '--format', 'csv'],
    ['events', 'seal'],
    ['events', 'verify', '--all'],
    ['keys', 'rotate'],
    ['mail', 'failed'],
    ['backup', backup],
    ['restore', backup],
    ['restore', backup, '--replace'],
    ['usage', 'purge', '--before', '2020-01'],
    ['migrate'],
  ]) {
    const { stdout, stderr } = await runCommand([...argv, '--json'], { DATA_DIR: folder });
    said.push(stdout, stderr);
  }
}, 180_000);
afterAll(cleanUp);

test('prints no secret, hash or ciphertext in any command (R-98)', () => {
  const outputs = said.join('\n');
  expect(said.filter(Boolean).length).toBeGreaterThan(14);
  expect(outputs).toContain(journey.username);
  expect(journey.secrets.filter(({ value }) => standsIn(outputs, value)).map(({ name }) => name)).toEqual([]);
  expect(stored.length).toBeGreaterThan(40);
  expect(stored.filter((value) => outputs.includes(value))).toEqual([]);
});
