import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { MailServer } from '../support/mail-server.js';
import { startThreeServers, type ThreeServers } from '../support/three-servers.js';
import { periodicCases } from './periodic-cases.js';

let mail: MailServer;
let three: ThreeServers;
beforeAll(async () => {
  mail = await MailServer.start();
  three = await startThreeServers({ SMTP_URL: mail.url });
});
afterAll(async () => {
  await three.stop();
  await mail.close();
});

const cases = Object.entries(periodicCases);

/** Waits until work is done, and other work of the kind that is prepared later. @returns how often each was done */
async function untilLaterWork(name: keyof typeof periodicCases, timesDone: () => Promise<number>): Promise<number[]> {
  await eventually(async () => (await timesDone()) > 0, `${name} is done`);
  const later = await three.prepareForAll(() => periodicCases[name].prepare(three, mail));
  await eventually(async () => (await later()) > 0, `${name} is done again`);
  return [await timesDone(), await later()];
}

test.each(cases)('does the work of %s once on three processes whose clocks are 30 s apart', async (name, work) => {
  const before = three.errors().length;
  const timesDone = await three.prepareForAll(() => work.prepare(three, mail));
  expect(await untilLaterWork(name as keyof typeof periodicCases, timesDone)).toEqual([1, 1]);
  expect(three.errors().slice(before)).toEqual([]);
});

test.each(cases)('does the work of %s once when the process that does it is killed', async (name, work) => {
  const [timesDone, killed] = await three.killInTheMiddle(work, () => work.prepare(three, mail));
  expect(await untilLaterWork(name as keyof typeof periodicCases, timesDone)).toEqual([1, 1]);
  await three.restart(killed);
});
