import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fork } from '../../../src/database/connection/database.js';
import { createPartitions } from '../../../src/database/partition/monthly-partitions.js';
import { newApiToken, program } from '../api-token/own-token.js';
import { newCallKeyOf, updateKey } from '../call-key/own-keys.js';
import type { Client } from '../../support/client.js';
import { newUser } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { call, newGateway, report } from './gateway.js';

let postern: TestPostern;
let gateway: Client;
let owner: Client;
beforeAll(async () => {
  postern = await startPostern({ CALL_KEYS_PER_USER: '1000' });
  gateway = await newGateway(postern);
  owner = program(postern, await newApiToken((await newUser(postern)).client));
});
afterAll(() => postern.close());

const usedDocument = 'query ($id: ID!) { node(id: $id) { ... on CallKey { periodUsed quotaUsed } } }';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Zones, and a time near which a local day of each has 23, 23.5, 24.5 or 25 hours or no midnight, if there is one. */
const places = [
  ['Asia/Kolkata', '2027-01-31T18:30:00Z'],
  ['Asia/Kathmandu', '2027-02-28T18:15:00Z'],
  ['Europe/Berlin', '2027-03-28T01:00:00Z'],
  ['Europe/Berlin', '2027-10-31T01:00:00Z'],
  ['America/Santiago', '2027-04-04T03:00:00Z'],
  ['America/Santiago', '2027-09-05T04:00:00Z'],
  ['Africa/Cairo', '2027-04-29T22:00:00Z'],
  ['Africa/Cairo', '2027-10-28T21:00:00Z'],
  ['Pacific/Apia', '2027-04-30T11:00:00Z'],
  ['Australia/Lord_Howe', '2027-04-03T15:00:00Z'],
  ['Australia/Lord_Howe', '2027-10-02T15:30:00Z'],
] as const;

type Unit = 'DAY' | 'WEEK' | 'MONTH';
const unit = fc.constantFrom<Unit>('DAY', 'WEEK', 'MONTH');
const zone = fc.constantFrom(...places.map(([zone]) => zone));

/** How long before the time of the server a call was made: often near its local day, up to five minutes ahead. */
const age = fc.oneof(
  fc.integer({ min: -5 * 60_000, max: 30 * HOUR_MS }),
  fc.integer({ min: -5 * 60_000, max: 30 * DAY_MS }),
);

/** What happens between two reads of the key. */
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('report' as const),
      calls: fc.array(fc.record({ age, quota: fc.nat(50) }), { minLength: 1, maxLength: 8 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.oneof(fc.nat(10 * 60_000), fc.nat(DAY_MS)) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('renew' as const), unit, zone }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove' as const) }) },
);

/** The local date that starts the period of a time, by the calendar of `Intl`, which the server doesn't use. */
function localPeriod(unit: Unit, zone: string, time: Date): string {
  const date = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(time);
  if (unit === 'MONTH') return date.slice(0, 'yyyy-mm'.length);
  const day = new Date(`${date}T00:00:00Z`);
  const sinceMonday = unit === 'WEEK' ? (day.getUTCDay() + 6) % 7 : 0;
  return new Date(day.getTime() - sinceMonday * DAY_MS).toISOString();
}

async function setClock(time: Date): Promise<void> {
  postern.clock.advance({ seconds: (time.getTime() - postern.clock.read().getTime()) / 1_000 });
  await createPartitions(fork(postern.database), time);
  await createPartitions(fork(postern.database), new Date(time.getTime() - 40 * DAY_MS));
}

test('charges a period with the calls made in it, whatever is changed meanwhile (R-132, R-133)', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...places),
      fc.integer({ min: -DAY_MS, max: DAY_MS }),
      unit,
      fc.array(step, { minLength: 2, maxLength: 10 }),
      async ([place, transition], offset, firstUnit, steps) => {
        await setClock(new Date(Date.parse(transition) + offset));
        let renewal: { unit: Unit; zone: string } | null = { unit: firstUnit, zone: place };
        const { id } = await newCallKeyOf(owner, { period: firstUnit, periodQuota: 100, periodTimeZone: place });
        const calls: { at: Date; quota: number }[] = [];
        for (const next of steps) {
          if (next.kind === 'wait') postern.clock.advance({ seconds: next.ms / 1_000 });
          else if (next.kind === 'report') {
            const now = postern.clock.read().getTime();
            const made = next.calls.map(({ age, quota }) => ({ at: new Date(now - age), quota }));
            const { data } = await report(
              gateway,
              made.map(({ at, quota }) => call({ id }, at, { quota })),
            );
            expect(data.recordUsage).toMatchObject({ recorded: made.length });
            calls.push(...made);
          } else {
            renewal = next.kind === 'renew' ? next : null;
            await updateKey(
              owner,
              renewal
                ? { id, period: renewal.unit, periodQuota: 100, periodTimeZone: renewal.zone }
                : { id, period: null },
            );
          }
          const key = (await owner.send(usedDocument, { id })).data['node'] as {
            periodUsed: number;
            quotaUsed: number;
          };
          const { unit, zone } = renewal ?? {};
          const current = unit && zone ? localPeriod(unit, zone, postern.clock.read()) : null;
          const charged = calls.filter(({ at }) => unit && zone && localPeriod(unit, zone, at) === current);
          expect(key.periodUsed).toBe(charged.reduce((sum, { quota }) => sum + quota, 0));
          expect(key.quotaUsed).toBe(calls.reduce((sum, { quota }) => sum + quota, 0));
        }
      },
    ),
    { numRuns: 40 },
  );
}, 180_000);
