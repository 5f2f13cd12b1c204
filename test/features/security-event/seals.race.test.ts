import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parseKeyRing } from '../../../src/crypto/key-ring.js';
import { fork, type Database } from '../../../src/database/connection/database.js';
import { newId } from '../../../src/database/connection/id.js';
import { disabledMailbox } from '../../../src/features/mail/mailbox.js';
import { recordEvent } from '../../../src/features/security-event/record-event.js';
import { sealEvents } from '../../../src/features/security-event/seal-events.js';
import { verifyEvents } from '../../../src/features/security-event/verify-events.js';
import { testSettings } from '../../support/postern.js';
import { openRaceDatabase, type RaceDatabase } from '../../support/race-database.js';
import { startServer, cleanUp } from '../../support/server-process.js';
import { eventually } from '../../support/eventually.js';

let race: RaceDatabase;
let instances: Database[];
beforeAll(async () => {
  race = await openRaceDatabase();
  instances = await Promise.all([1, 2, 3].map(() => race.open()));
});
afterAll(async () => {
  await cleanUp();
  await race.drop();
});

const keys = parseKeyRing(testSettings.ENCRYPTION_KEYS);
const clock = () => new Date();
const seal = (database: Database) => sealEvents(fork(database), keys, clock);
const verify = () => verifyEvents(instances[0]!, keys, null);

const record = (em = fork(instances[0]!)) =>
  recordEvent(
    { em, caller: { ip: null, userAgent: null, requestId: newId(clock()) }, now: clock(), keys, mail: disabledMailbox },
    { type: 'LOGIN_FAILED', outcome: 'REFUSED', accountId: null },
  );

const count = async (sql: string) => Number((await race.query<{ count: string }>(sql))[0]!.count);

/** Every event is in exactly one seal, and seals are numbered without gaps. */
async function expectWhole() {
  expect(await verify()).toMatchObject({ faults: [], unsealedEvents: 0 });
  expect(
    await count(
      'select count(*) - count(distinct id) as count from (select unnest(event_ids) as id from event_seals) named',
    ),
  ).toBe(0);
  expect(await count('select count(*) - max(number) as count from event_seals')).toBe(0);
}

test('seals each security event once, without a gap, on three concurrent instances (R-97)', async () => {
  for (let round = 0; round < 30; round += 1) {
    await Promise.all([...instances, ...instances].flatMap((database) => [record(), seal(database)]));
  }
  await seal(instances[0]!);
  await expectWhole();
  expect(await count('select count(*) as count from security_events')).toBe(180);
});

test('includes a security event that is committed late in the next seal (R-97)', async () => {
  const slow = fork(instances[1]!);
  await slow.begin();
  await record(slow);
  await record();
  const [between] = (await seal(instances[0]!)).seals;
  expect(between).toMatchObject({ events: 1 });
  expect(await verify()).toMatchObject({ faults: [] });
  await slow.commit();
  expect((await seal(instances[0]!)).seals).toMatchObject([{ number: between!.number + 1, events: 1 }]);
  await expectWhole();
});

test('blocks no requests while security events are being sealed (R-97)', async () => {
  await record();
  const sealer = fork(instances[1]!);
  await sealer.begin();
  await sealer.execute('select pg_advisory_xact_lock(?)', [0x7365616c]);
  await sealer.execute('select count(*) from security_events');
  await sealer.execute('lock table event_seals in exclusive mode');
  await record();
  expect(await seal(instances[0]!)).toEqual({ seals: [], unverified: 0 });
  await sealer.rollback();
  await seal(instances[0]!);
  await expectWhole();
});

test('seals security events automatically on two servers, and logs each seal once (R-97)', async () => {
  const settings = { DATABASE_URL: race.url, EVENT_SEAL_SECONDS: '1' };
  const servers = await Promise.all([startServer(settings), startServer(settings)]);
  const before = await count('select count(*) as count from event_seals');
  await servers[0]
    .client()
    .send('mutation { login(input: { login: "nobody", password: "Quiet-Harbour-71" }) { userErrors { code } } }');
  await eventually(async () => (await count('select count(*) as count from event_seals')) === before + 1, 'a seal');
  const { lastSeal } = await verify();
  const messages = () =>
    servers
      .flatMap(({ process }) => process.lines)
      .filter(({ msg }) => msg === 'security events sealed')
      .map(({ seal: name }) => name);
  await eventually(() => messages().length > 0, 'a line in the log');
  expect(messages()).toEqual([lastSeal]);
  await expectWhole();
});
