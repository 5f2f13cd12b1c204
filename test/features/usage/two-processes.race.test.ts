import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newApiToken } from '../api-token/own-token.js';
import { deleteKeys, newCallKeyOf, rotateKey } from '../call-key/own-keys.js';
import { fork } from '../../../src/database/connection/database.js';
import {
  PartitionsInUseError,
  createPartitions,
  toMonth,
  existingMonths,
} from '../../../src/database/partition/monthly-partitions.js';
import { openPostgresql } from '../../../src/database/connection/postgresql.js';
import { fromGlobalId } from '../../../src/rules/global-id.js';
import { purgeUsage } from '../../../src/features/usage/purge-usage.js';
import { sweepUsage } from '../../../src/features/usage/sweep-usage.js';
import { registerAt, type Registered } from '../../support/registrations.js';
import { startTwoServers, type TwoServers } from '../../support/two-servers.js';
import { call, report } from './gateway.js';

let two: TwoServers;
let user: Registered;
let token: string;
beforeAll(async () => {
  two = await startTwoServers({ LIMITS: 'off' });
  user = await registerAt(two.servers[0]);
  const gateway = await registerAt(two.servers[0]);
  token = await newApiToken(gateway.client);
  await two.database.query("update accounts set role = 'SERVICE', service_scopes = '{CALL_KEYS}' where username = $1", [
    gateway.username,
  ]);
});
afterAll(() => two.stop());

/** The gateway at one of the two servers. */
const gateway = (number: number) => two.client(number, token);
const at = new Date();
const callOf = (key: { id: string }, requestId: string, quota = 1) => call(key, at, { requestId, quota });

/** Sends a batch until it succeeds, as gateways do: a batch that waits too long for others fails and is sent again. */
async function insist(number: number, entries: ReturnType<typeof call>[]): Promise<void> {
  for (let answered = false; !answered;) {
    const { status, errors, data } = await report(gateway(number), entries);
    answered = Boolean((data as typeof data | null)?.recordUsage);
    expect([status, errors.map(({ extensions }) => extensions['code'])]).toEqual(
      answered ? [200, []] : [503, ['SERVICE_UNAVAILABLE']],
    );
  }
}

/** The used and remaining quota of a key, with the sums of its logs and totals. */
async function accountsOf(key: { id: string }) {
  const [row] = await two.database.query<Record<string, string | null>>(
    `
    select quota_used, quota_left, (select coalesce(sum(quota), 0) from usage_logs where call_key_id = call_keys.id) as logged,
      (select coalesce(sum(quota), 0) from usage_totals where call_key_id = call_keys.id) as totalled from call_keys where id = $1`,
    [fromGlobalId('CallKey', key.id)],
  );
  return {
    used: Number(row!['quota_used']),
    left: row!['quota_left'] === null ? null : Number(row!['quota_left']),
    logged: Number(row!['logged']),
    totalled: Number(row!['totalled']),
  };
}

test('charges each of 50 concurrent calls when one unit of quota is left, and stops at 0', async () => {
  const key = await newCallKeyOf(user.client, { quota: 1 });
  await Promise.all(Array.from({ length: 50 }, (_, number) => insist(number, [callOf(key, `last-${number}`)])));
  expect(await accountsOf(key)).toEqual({ used: 50, left: 0, logged: 50, totalled: 50 });
});

test('records a usage report once when two servers receive it concurrently, in 10 rounds', async () => {
  for (let round = 0; round < 10; round += 1) {
    const key = await newCallKeyOf(user.client, { quota: 1_000 });
    const batch = Array.from({ length: 100 }, (_, n) => callOf(key, `${round}-${n}`));
    const answers = await Promise.all([0, 1, 2, 3].map((number) => report(gateway(number), batch)));
    expect(
      answers.map(({ data }) => data.recordUsage!.recorded).sort((one, other) => Number(one) - Number(other)),
    ).toEqual([0, 0, 0, 100]);
    expect(answers.reduce((sum, { data }) => sum + data.recordUsage!.duplicates!, 0)).toBe(300);
    expect(await accountsOf(key)).toEqual({ used: 100, left: 900, logged: 100, totalled: 100 });
    await deleteKeys(user.client, [key.id]);
  }
});

test('records overlapping usage reports in opposite order without a deadlock, in 10 rounds', async () => {
  const keys = await Promise.all(Array.from({ length: 8 }, () => newCallKeyOf(user.client)));
  for (let round = 0; round < 10; round += 1) {
    const entries = keys.flatMap((key) => Array.from({ length: 10 }, (_, n) => callOf(key, `overlap-${round}-${n}`)));
    const batches = [entries, entries.toReversed(), entries.slice(20), entries.slice(0, 60).toReversed()];
    const answers = await Promise.all(batches.map((batch, number) => report(gateway(number), batch)));
    for (const answer of answers) expect(answer).toSucceed();
    expect(answers.reduce((sum, { data }) => sum + data.recordUsage!.recorded!, 0)).toBe(entries.length);
  }
  for (const key of keys) expect(await accountsOf(key)).toEqual({ used: 100, left: null, logged: 100, totalled: 100 });
});

test('adds usage reports to the same totals without a deadlock, in 10 rounds', async () => {
  const [one, other] = [await newCallKeyOf(user.client), await newCallKeyOf(user.client)];
  for (let round = 0; round < 10; round += 1) {
    const entriesOf = (key: { id: string }) =>
      Array.from({ length: 200 }, (_, n) => ({ ...callOf(key, `totals-${round}-${n}`), model: `model-${n}` }));
    const answers = await Promise.all(
      [entriesOf(one), entriesOf(other).toReversed()].map((batch, number) => report(gateway(number), batch)),
    );
    for (const answer of answers) expect(answer).toSucceed();
  }
  for (const key of [one, other])
    expect(await accountsOf(key)).toEqual({ used: 2_000, left: null, logged: 2_000, totalled: 2_000 });
});

test('creates each usage partition once on several concurrent instances, in 5 rounds', async () => {
  const databases = [await openPostgresql(two.database.url), await openPostgresql(two.database.url)];
  try {
    for (let round = 1; round <= 5; round += 1) {
      const later = toMonth(at, 6 * round);
      const made = await Promise.all(
        [0, 1, 0, 1].map((number) => createPartitions(fork(databases[number]!), later, later)),
      );
      expect(made.flat().sort()).toEqual(
        [0, 1, 2, 3]
          .flatMap((after) =>
            ['usage_logs', 'usage_totals'].map(
              (table) => `${table}_${toMonth(later, after).toISOString().slice(0, 7).replace('-', '_')}`,
            ),
          )
          .sort(),
      );
    }
  } finally {
    for (const database of databases) await database.close();
  }
});

test('drops a month of usage only after a long read of it ends, and delays no call until then', async () => {
  const [database, reading] = [await openPostgresql(two.database.url), await openPostgresql(two.database.url)];
  try {
    const [old, keep] = [toMonth(at, -20), toMonth(at, -19)];
    await createPartitions(fork(database), old, old);
    const months = async () => (await existingMonths(fork(database))).map((month) => month.getTime());
    await fork(reading).transactional(async (backup) => {
      await backup.execute('select count(*) from usage_logs');
      await expect(purgeUsage(fork(database), keep, at)).rejects.toBeInstanceOf(PartitionsInUseError);
      await sweepUsage(fork(database), at, 19);
      expect(await months()).toContain(old.getTime());
      expect(
        (await report(gateway(0), [callOf(await newCallKeyOf(user.client), 'meanwhile')])).data.recordUsage,
      ).toMatchObject({ recorded: 1 });
    });
    await sweepUsage(fork(database), at, 19);
    expect(await months()).not.toContain(old.getTime());
  } finally {
    await database.close();
    await reading.close();
  }
});

test('records a call that is reported while its key is deleted on another server', async () => {
  const key = await newCallKeyOf(user.client);
  const [deleted, reported] = await two.oneWhileTheOtherEnds(
    () => deleteKeys(user.client, [key.id]),
    () => report(gateway(1), [callOf(key, 'too-late')]),
  );
  expect(deleted).toSucceed();
  expect(reported.data.recordUsage).toMatchObject({ recorded: 1, rejected: [] });
  expect(await two.database.query("select id from usage_logs where request_id = 'too-late'")).toHaveLength(1);
});

test('records every call while keys are rotated and deleted, and charges the keys that remain', async () => {
  const [kept, ...gone] = await Promise.all(Array.from({ length: 5 }, () => newCallKeyOf(user.client, { quota: 500 })));
  const reports = Array.from({ length: 20 }, (_, number) =>
    report(
      gateway(number),
      [kept!, ...gone].map((key) => callOf(key, `during-${number}`)),
    ),
  );
  const changes = [rotateKey(user.client, kept!.id, 1), ...gone.map(({ id }) => deleteKeys(user.client, [id]))];
  const [answers] = await Promise.all([Promise.all(reports), Promise.all(changes)]);
  for (const {
    data: { recordUsage: answer },
  } of answers)
    expect(answer).toMatchObject({ recorded: 5, rejected: [] });
  expect(await accountsOf(kept!)).toEqual({ used: 20, left: 480, logged: 20, totalled: 20 });
  const [logged] = await two.database.query<{ count: string }>(
    "select count(*) from usage_logs where request_id like 'during-%'",
  );
  expect(Number(logged!.count)).toBe(100);
});
