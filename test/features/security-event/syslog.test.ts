import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { fork } from '../../../src/database/connection/database.js';
import { deleteOldEvents } from '../../../src/features/security-event/retention/delete-old-events.js';
import { query } from '../../support/database.js';
import { eventually } from '../../support/eventually.js';
import { findFreePort } from '../../support/free-port.js';
import { startBeside } from '../../support/start-beside.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { SyslogReceiver } from '../../support/syslog-receiver.js';
import { forgetEvents, keys, recordAt, sealAt, tamper } from './recording.js';

let postern: TestPostern;
let sender: TestPostern | undefined;
let receiver: SyslogReceiver | undefined;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());
beforeEach(async () => {
  await forgetEvents(postern.database);
  postern.log.length = 0;
});
afterEach(async () => {
  await sender?.close();
  await receiver?.close();
  sender = receiver = undefined;
});

const position = () =>
  query<{ seal: number; event: number; holder: string | null }>(
    postern.database,
    'select seal, event, holder from event_streams',
  );
const seal = (events = 2) => sealAt(postern.database, postern.clock.read(), events);
const logged = (text: string) => postern.log.filter((line) => line.includes(text));

/** Starts a server that sends, and waits until its stream is open. */
async function startSender(url: string): Promise<TestPostern> {
  sender = await startBeside(postern, { SYSLOG_URL: url });
  await eventually(async () => (await position()).length === 1, 'the stream is open');
  return sender;
}

/** Resolves when the position is stored and no process sends. */
const settled = (number: number, event: number) =>
  eventually(
    async () => JSON.stringify(await position()) === JSON.stringify([{ seal: number, event, holder: null }]),
    `everything up to ${number}/${event} is sent`,
  );

test.each(['udp', 'tcp'] as const)(
  'sends each event over %s once it is sealed, in order, from now on',
  async (transport) => {
    await seal();
    receiver = await SyslogReceiver.start(transport);
    await startSender(receiver.url);
    await recordAt(postern.database, postern.clock.read());
    const { ids } = await seal(3);
    await settled(2, 4);
    expect(receiver.ids.slice(1)).toEqual(ids);
    expect(receiver.messages[0]).toContain(' localhost postern - LOGIN_FAILED [postern@32473 id="');
  },
);

test('sends any number of events, 100 a connection, and continues after a restart without a repetition', async () => {
  receiver = await SyslogReceiver.start('tcp');
  await startSender(receiver.url);
  const first = await seal(230);
  await settled(1, 230);
  expect(receiver.connections).toBe(3);
  await sender?.close();
  const second = await seal(3);
  await startSender(receiver.url);
  await settled(2, 3);
  expect(receiver.ids).toEqual([...first.ids, ...second.ids]);
});

test('waits for a receiver that is down, says so once, shows the lag, and then sends everything', async () => {
  const port = await findFreePort();
  const { url } = await startSender(`tcp://127.0.0.1:${port}`);
  const { ids } = await seal();
  await eventually(() => logged('were not sent to syslog').length > 0, 'a warning');
  await query(postern.database, 'alter table event_seals disable trigger all');
  await query(postern.database, "update event_seals set sealed_at = now() - interval '20 minutes'");
  await query(postern.database, 'alter table event_seals enable trigger all');
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const [, lag] = /^postern_syslog_oldest_seconds (\d+)/m.exec(metrics) ?? [];
  expect(Number(lag)).toBeGreaterThanOrEqual(1_200);
  receiver = await SyslogReceiver.start('tcp', { port });
  await receiver.received(2);
  await settled(1, 2);
  expect(receiver.ids).toEqual(ids);
  expect(logged('were not sent to syslog')).toHaveLength(1);
  expect(logged('reach the syslog receiver again')).toHaveLength(1);
});

test('sends again what a receiver did not read, and never moves past it', async () => {
  receiver = await SyslogReceiver.start('tcp');
  receiver.manners = ['RESETS', 'RESETS', 'READS'];
  await startSender(receiver.url);
  const { ids } = await seal();
  await settled(1, 2);
  expect(receiver.ids).toEqual(ids);
  expect(logged('were not sent to syslog')).toHaveLength(1);
});

test('reports a removed event in its place (R-97)', async () => {
  receiver = await SyslogReceiver.start('tcp');
  await startSender(receiver.url);
  await query(
    postern.database,
    "update event_streams set holder = gen_random_uuid(), held_until = now() + interval '1 hour'",
  );
  const { ids } = await seal();
  await tamper(postern.database, `delete from security_events where id = '${ids[0]}'`);
  await query(postern.database, 'update event_streams set holder = null');
  await settled(1, 2);
  expect(receiver.ids).toEqual(ids);
  expect(receiver.messages[0]).toMatch(/^<81>1 - .* EVENT_REMOVED .*fault="EVENT_REMOVED"/);
  expect(logged('sign of tampering')).toHaveLength(1);
});

test('takes over from a process that died when its lease ends, and not before', async () => {
  receiver = await SyslogReceiver.start('tcp');
  await startSender(receiver.url);
  const [lease] = await query<{ end: Date | string }>(
    postern.database,
    "update event_streams set holder = gen_random_uuid(), held_until = now() + interval '2 seconds' returning held_until as end",
  );
  const { ids } = await seal();
  await receiver.received(2);
  expect(Date.now()).toBeGreaterThanOrEqual(new Date(lease!.end).getTime());
  await settled(1, 2);
  expect(receiver.ids).toEqual(ids);
});

test('continues after what retention deleted while syslog was off, and reports the gap', async () => {
  receiver = await SyslogReceiver.start('tcp');
  await startSender(receiver.url);
  await sender?.close();
  const old = new Date('2020-01-10T08:00:00Z');
  await sealAt(postern.database, old);
  await sealAt(postern.database, old);
  const { ids } = await seal();
  const { config, logger } = postern.app.dependencies;
  const now = postern.clock.read();
  await deleteOldEvents({
    em: fork(postern.database),
    keys,
    now,
    config: { ...config, eventRetentionMonths: 1 },
    logger,
  });
  await startSender(receiver.url);
  await settled(3, 2);
  expect(receiver.ids).toEqual(ids);
  expect(logged('retention deleted security events before')).toHaveLength(1);
});
