import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { seconds } from '../../../src/duration.js';
import type { Database } from '../../../src/database/connection/database.js';
import { openPostgresql } from '../../../src/database/connection/postgresql.js';
import { verifyEvents } from '../../../src/features/security-event/verify-events.js';
import { eventually } from '../../support/eventually.js';
import { SyslogReceiver } from '../../support/syslog-receiver.js';
import { startThreeServers, type ThreeServers } from '../../support/three-servers.js';
import { keys, recordAt, sealAt } from './recording.js';

let three: ThreeServers;
let receiver: SyslogReceiver;
let database: Database;
beforeAll(async () => {
  receiver = await SyslogReceiver.start('tcp');
  three = await startThreeServers({ EVENT_RETENTION_MONTHS: '1', SYSLOG_URL: receiver.url });
  database = await openPostgresql(three.database.url);
});
afterAll(async () => {
  await database.close();
  await three.stop();
  await receiver.close();
});

const query = <Row extends object>(sql: string) => three.database.query<Row>(sql);
const old = new Date('2026-01-10T08:00:00Z');

/** The seals that are left, and the one that retention deleted last. */
const chain = async () => {
  const [row] = await query<{ seals: number[]; anchors: number[] }>(
    `select (select coalesce(array_agg(number order by number), '{}') from event_seals) as seals,
       (select coalesce(array_agg(number), '{}') from event_anchors) as anchors`,
  );
  return row!;
};
const untilChain = (seals: number[], anchors: number[]) =>
  eventually(async () => JSON.stringify(await chain()) === JSON.stringify({ seals, anchors }), 'retention has run');
const faults = async () => (await verifyEvents(database, keys, null)).faults;

/** Seals old events twice while the servers stand still: retention keeps the last seal. */
const sealOld = async () => {
  for (let seal = 0; seal < 2; seal += 1) await sealAt(database, old);
};

test('deletes old events and anchors the chain once on three processes (R-97)', async () => {
  await three.prepareForAll(sealOld);
  await untilChain([2], [1]);
  await three.prepareForAll(sealOld);
  await untilChain([4], [3]);
  expect([await faults(), three.errors()]).toEqual([[], []]);
});

test('deletes old events from another process when the one that does is killed (R-97)', async () => {
  const work = { table: 'security_events', statement: 'delete from security_events where id = any%' };
  const [, killed] = await three.killInTheMiddle(work, sealOld);
  await untilChain([6], [5]);
  expect(await faults()).toEqual([]);
  await three.restart(killed);
});

/** Waits until all events are sealed. */
const everythingSealed = () =>
  eventually(async () => {
    const [row] = await query<{ left: string }>(
      'select count(*) - (select sum(cardinality(event_ids)) from event_seals) as left from security_events',
    );
    return Number(row!.left) === 0;
  }, 'every event is sealed');

/** Records events with the clocks of the three servers. */
const recordMany = (count: number) => async () => {
  for (let event = 0; event < count; event += 1)
    await recordAt(database, new Date(Date.now() + seconds(30) * ((event % 3) - 1)));
};

test('seals each event once on three processes whose clocks are 30 s apart (R-97)', async () => {
  for (let round = 0; round < 5; round += 1) await three.prepareForAll(recordMany(6));
  await everythingSealed();
  expect([await faults(), three.errors()]).toEqual([[], []]);
  const ahead = await query("select number from event_seals where sealed_at > clock_timestamp() + interval '1 second'");
  expect(ahead).toEqual([]);
});

test('seals each event once when the process that seals them is killed (R-97)', async () => {
  const work = { table: 'event_seals', statement: 'insert into "event_seals"%' };
  const [, killed] = await three.killInTheMiddle(work, recordMany(6));
  await everythingSealed();
  expect(await faults()).toEqual([]);
  await three.restart(killed);
});

/** Waits until every event is sealed and sent. @returns how often each event after a seal was sent */
async function timesSent(after: number, timeoutMs = seconds(60)): Promise<number[]> {
  await everythingSealed();
  await eventually(
    async () => {
      const [row] = await query<{ done: boolean }>(
        `select holder is null and (seal, event) = (select number, cardinality(event_ids) from event_seals
           order by number desc limit 1) as done from event_streams`,
      );
      return row!.done;
    },
    'everything is sent',
    timeoutMs,
  );
  const sealed = await query<{ id: string }>(
    `select unnest(event_ids) as id from event_seals where number > ${after} order by number`,
  );
  return sealed.map(({ id }) => receiver.ids.filter((sent) => sent === id).length);
}

test('sends each event to syslog once on three processes whose clocks are 30 s apart', async () => {
  await timesSent(0);
  const last = (await chain()).seals.at(-1)!;
  for (let round = 0; round < 5; round += 1) await three.prepareForAll(recordMany(6));
  expect(await timesSent(last)).toEqual(Array<number>(30).fill(1));
});

test('sends each event to syslog from another process within 40 s when the one that sends is killed', async () => {
  const last = (await chain()).seals.at(-1)!;
  const before = receiver.connections;
  receiver.manners = ['HOLDS', 'READS'];
  await three.prepareForAll(recordMany(6));
  await eventually(() => receiver.connections > before, 'a process sends');
  await three.killConnectedTo(receiver.port);
  const times = await timesSent(last, seconds(40));
  expect(times).toHaveLength(6);
  // The first receiver read them too, but did not say so.
  expect(Math.min(...times)).toBe(1);
});
