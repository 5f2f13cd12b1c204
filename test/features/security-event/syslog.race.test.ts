import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newAuthority } from '../../support/certificates.js';
import { eventually } from '../../support/eventually.js';
import { openRaceDatabase, type RaceDatabase } from '../../support/race-database.js';
import { registerAt } from '../../support/registrations.js';
import { cleanUp, startServer, temporaryFolder, type ServerProcess } from '../../support/server-process.js';
import { SyslogReceiver } from '../../support/syslog-receiver.js';

const authority = newAuthority();
const certificate = authority.issue('DNS:localhost');

let database: RaceDatabase;
let receiver: SyslogReceiver;
let servers: ServerProcess[];
beforeAll(async () => {
  database = await openRaceDatabase();
  receiver = await SyslogReceiver.start('tls', { host: 'localhost', certificate });
  servers = await Promise.all([start(), start(), start()]);
  await eventually(async () => (await database.query('select from event_streams')).length === 1, 'the stream is open');
});
afterAll(async () => {
  await cleanUp();
  await receiver.close();
  await database.drop();
});

/** Starts a server that trusts the authority and sends to the receiver. */
function start(): Promise<ServerProcess> {
  const file = join(temporaryFolder(), 'authority.pem');
  writeFileSync(file, authority.cert);
  const settings = { DATABASE_URL: database.url, EVENT_SEAL_SECONDS: '1', SYSLOG_URL: receiver.url };
  return startServer(settings, { NODE_EXTRA_CA_CERTS: file });
}

const register = (times: number) =>
  Promise.all(Array.from({ length: times }, (_, number) => registerAt(servers[number % servers.length]!)));

/** Resolves when every event is sealed and was sent. @returns the IDs in the order of their seals */
async function everythingSent(timeoutMs?: number): Promise<string[]> {
  await eventually(
    async () => {
      const [row] = await database.query<{ isDone: boolean }>(
        `select count(*) = (select sum(cardinality(event_ids)) from event_seals)
          and (select (seal, event) = (select number, cardinality(event_ids) from event_seals order by number desc limit 1)
            and holder is null from event_streams) as "isDone" from security_events`,
      );
      return row!.isDone;
    },
    'everything is sent',
    timeoutMs,
  );
  const rows = await database.query<{ id: string }>(
    'select listed.id from event_seals cross join lateral unnest(event_ids) with ordinality as listed(id, position) order by number, position',
  );
  return rows.map(({ id }) => id);
}

test('sends each event once over TLS, in order, while servers stop and start', async () => {
  for (let round = 0; round < 4; round += 1) {
    await register(6);
    await servers[round % 3]!.process.stop();
    servers[round % 3] = await start();
    await register(6);
  }
  expect(await everythingSent()).toEqual(receiver.ids);
}, 240_000);

test('leaves no event out when servers are killed while they send, and the receiver restarts', async () => {
  const { port } = receiver;
  const earlier = receiver.ids;
  receiver.manners = ['HOLDS', 'READS'];
  await register(6);
  await eventually(
    async () => (await database.query('select from event_streams where holder is not null')).length > 0,
    'one sends',
  );
  // Whichever sends waits for the receiver, so it dies in the middle.
  for (const server of servers.splice(0, 2)) await server.process.stop('SIGKILL');
  await register(6);
  await receiver.close();
  earlier.push(...receiver.ids.slice(earlier.length));
  receiver = await SyslogReceiver.start('tls', { host: 'localhost', port, certificate });
  await register(6);
  const sent = await everythingSent(90_000);
  const received = [...earlier, ...receiver.ids];
  expect([...new Set(received)]).toEqual(sent);
  expect(received.length - sent.length).toBeLessThanOrEqual(200);
}, 240_000);
