import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { findFreePort } from '../support/free-port.js';
import { cleanUp, runCommand, temporaryFolder } from '../support/server-process.js';
import { SyslogReceiver } from '../support/syslog-receiver.js';

let receiver: SyslogReceiver;
beforeAll(async () => {
  receiver = await SyslogReceiver.start('tcp');
});
afterAll(async () => {
  await cleanUp();
  await receiver.close();
});

/** What `postern doctor` says about syslog. The missing database is another matter. */
async function syslog(url?: string): Promise<string | undefined> {
  const { stdout } = await runCommand(['doctor'], {
    DATA_DIR: temporaryFolder(),
    ...(url === undefined ? {} : { POSTERN_SYSLOG_URL: url }),
  });
  return stdout.split('\n').find((line) => line.includes(' syslog: '));
}

test('`postern doctor` says nothing about syslog when no receiver is set', async () => {
  expect(await syslog()).toBeUndefined();
});

test('`postern doctor` connects to the syslog receiver and sends no event', async () => {
  expect(await syslog(receiver.url)).toBe(
    `OK   syslog: 127.0.0.1:${receiver.port} accepts the connection; no event was sent`,
  );
  expect([receiver.connections, receiver.messages]).toEqual([1, []]);
});

test.each([
  ['that can’t be reached', null, 'connect ECONNREFUSED'],
  ['that closes the connection early', 'RESETS' as const, 'ECONNRESET'],
])('`postern doctor` warns of a syslog receiver %s', async (_, manner, reason) => {
  receiver.manners = manner === null ? ['READS'] : [manner];
  const port = manner === null ? await findFreePort() : receiver.port;
  const line = await syslog(`tcp://127.0.0.1:${port}`);
  expect(line).toContain(`WARN syslog: 127.0.0.1:${port} can't take events (`);
  expect(line).toContain(reason);
  expect(line).toContain('Check POSTERN_SYSLOG_URL, and that the receiver runs. Events wait until then.');
});

test('`postern doctor` says that UDP can’t be checked', async () => {
  expect(await syslog('udp://127.0.0.1:1')).toBe(
    "OK   syslog: events are sent to 127.0.0.1:1 over UDP, which can't be checked",
  );
});
