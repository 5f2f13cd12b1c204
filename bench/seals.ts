import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { v7 } from 'uuid';
import { clonePostgresql } from '../test/support/clone-postgresql.ts';
import { fork, toMicros, migrate, openPostgresql, parseKeyRing, sealEvents, signEvent, verifyEvents } from './built.ts';

/**
 * Measures the cost of event seals (docs/evidence/measurements.md): the code that each request computes for its event,
 * and sealing and verifying on PostgreSQL. Run with `npm run bench:seals`.
 */
const EVENTS = 20_000;

/** How many events share a millisecond, as on a busy server. */
const EVENTS_PER_MS = 4;

const keys = parseKeyRing(`bench:${randomBytes(32).toString('base64')}`);
const start = Date.now() - EVENTS;
const events = Array.from({ length: EVENTS }, (_, number) => {
  const at = new Date(start + Math.floor(number / EVENTS_PER_MS));
  return {
    id: v7({ msecs: at.getTime(), seq: number }),
    at,
    atMicros: toMicros(at),
    type: 'LOGIN_SUCCEEDED',
    outcome: 'SUCCESS',
    accountId: v7(),
    actorId: v7(),
    sessionId: v7(),
    accessTokenId: null,
    ip: '203.0.113.9',
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
    requestId: v7(),
    traceId: null,
    reason: null,
    detail: null,
  };
});

/** Prints the CPU time and the wall-clock rate of some work per event (in µs). */
async function each<Result>(title: string, work: () => Result | Promise<Result>): Promise<Result> {
  const [cpu, clock] = [process.cpuUsage(), performance.now()];
  const result = await work();
  const [{ user, system }, elapsedMs] = [process.cpuUsage(cpu), performance.now() - clock];
  console.log(
    `${title.padEnd(44)}${((user + system) / EVENTS).toFixed(1).padStart(7)} CPU µs an event  ${Math.round(
      EVENTS / (elapsedMs / 1_000),
    )
      .toString()
      .padStart(8)} events a second`,
  );
  return result;
}

const place = await clonePostgresql(
  process.env['TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres',
  'template1',
);
const client = new pg.Client({ connectionString: place.url });
const database = await openPostgresql(place.url);
try {
  for (const event of events.slice(0, EVENTS / 4)) signEvent(keys, event);
  const macs = await each('the code of an event', () => events.map((event) => signEvent(keys, event)));
  await migrate(database);
  await client.connect();
  await client.query(
    'insert into security_events (id, at, type, outcome, account_id, actor_id, session_id, ip, user_agent, request_id, mac) select id, at, type, outcome, account_id, actor_id, session_id, ip, user_agent, request_id, mac from json_populate_recordset(null::security_events, $1)',
    [
      JSON.stringify(
        events.map(({ accountId, actorId, sessionId, userAgent, requestId, ...event }, number) => ({
          ...event,
          account_id: accountId,
          actor_id: actorId,
          session_id: sessionId,
          user_agent: userAgent,
          request_id: requestId,
          mac: macs[number],
        })),
      ),
    ],
  );
  const { seals, unverified } = await each('sealing (seals of 1,000, PostgreSQL)', () =>
    sealEvents(fork(database), keys, () => new Date()),
  );
  const { faults, sealedEvents } = await each('verifying everything (PostgreSQL)', () =>
    verifyEvents(database, keys, null),
  );
  if (faults.length > 0 || unverified > 0 || sealedEvents !== EVENTS)
    throw new Error(`${seals.length} seals hold ${sealedEvents} of ${EVENTS} events, with ${faults.length} faults`);
} finally {
  await client.end();
  await database.close();
  await place.drop();
}
