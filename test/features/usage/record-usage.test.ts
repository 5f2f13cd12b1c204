import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { fork } from '../../../src/database/connection/database.js';
import { NIL_ID, idToBytes } from '../../../src/database/connection/id.js';
import { sweepUsage } from '../../../src/features/usage/sweep-usage.js';
import { usageLogId } from '../../../src/features/usage/insert-usage-logs.js';
import { newApiToken, program } from '../api-token/own-token.js';
import { deleteKeys } from '../call-key/own-keys.js';
import { eventsDuring } from '../security-event/events.js';
import type { Client } from '../../support/client.js';
import { query } from '../../support/database.js';
import { newUser, type TestUser } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { call, newCallKey, newGateway, report } from './gateway.js';
import { usage } from './read-usage.js';

let postern: TestPostern;
let gateway: Client;
let user: TestUser;
beforeAll(async () => {
  postern = await startPostern();
  gateway = await newGateway(postern);
  user = await newUser(postern);
});
afterAll(() => postern.close());

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const NOTHING = { recorded: 0, duplicates: 0, rejected: [], userErrors: [] };

const now = () => postern.clock.read();
const fromNow = (milliseconds: number) => new Date(now().getTime() + milliseconds);
const logsOf = (key: { uuid: string }) =>
  query(postern.database, 'select * from usage_logs where call_key_id = ? order by id', [key.uuid]);
const tables = async () => [
  await query(postern.database, 'select * from usage_logs order by id'),
  await query(postern.database, 'select * from usage_totals order by 1, 2, 3, 4, 5, 6'),
  await query(postern.database, 'select * from call_keys order by id'),
];

test('stores a usage entry under an ID made from time, key and request ID, and charges the key', async () => {
  const key = await newCallKey(postern, user, { name: 'production', quotaLeft: 100n });
  const at = fromNow(-5_000);
  const answer = await report(gateway, [
    call(key, at, {
      type: 'ERROR',
      model: 'model-z',
      promptTokens: 7,
      completionTokens: 0,
      quota: 30,
      latencyMs: 812,
      requestId: 'chat-1',
      ip: '::ffff:203.0.113.9',
    }),
  ]);
  expect(answer.data.recordUsage).toEqual({ ...NOTHING, recorded: 1 });
  const [log] = await logsOf(key);
  expect({ ...log, quota: Number(log!['quota']) }).toMatchObject({
    id: usageLogId(at, idToBytes(key.uuid), 'chat-1'),
    call_key_name: 'production',
    type: 'ERROR',
    model: 'model-z',
    prompt_tokens: 7,
    completion_tokens: 0,
    quota: 30,
    latency_ms: 812,
    request_id: 'chat-1',
    ip: '203.0.113.9',
  });
  expect(await key.quota()).toEqual({ used: 30, left: 70 });
});

test('never lets the remaining quota fall below 0, and adds the full amount to the used quota', async () => {
  const [limited, free] = [await newCallKey(postern, user, { quotaLeft: 10n }), await newCallKey(postern, user)];
  await report(gateway, [call(limited, now(), { quota: 4 }), call(free, now(), { quota: 4 })]);
  expect([await limited.quota(), await free.quota()]).toEqual([
    { used: 4, left: 6 },
    { used: 4, left: null },
  ]);
  await report(gateway, [call(limited, now(), { quota: 9 }), call(limited, now(), { quota: 9 })]);
  expect(await limited.quota()).toEqual({ used: 22, left: 0 });
});

test('counts a repeated usage report as duplicates, even with other amounts', async () => {
  const key = await newCallKey(postern, user, { quotaLeft: 1_000n });
  const batch = Array.from({ length: 5 }, (_, n) => call(key, fromNow(-n * DAY_MS)));
  expect((await report(gateway, batch)).data.recordUsage).toEqual({ ...NOTHING, recorded: 5 });
  const before = await tables();
  expect((await report(gateway, batch)).data.recordUsage).toEqual({ ...NOTHING, duplicates: 5 });
  expect(
    (
      await report(
        gateway,
        batch.toReversed().map((entry) => ({ ...entry, quota: 77 })),
      )
    ).data.recordUsage,
  ).toEqual({ ...NOTHING, duplicates: 5 });
  expect(await tables()).toEqual(before);
});

test('counts a repeated usage entry once, unless its time, key or request ID differs', async () => {
  const [key, other] = [await newCallKey(postern, user), await newCallKey(postern, user)];
  const entry = call(key, now(), { quota: 5 });
  const batch = [
    entry,
    { ...entry, quota: 500 },
    { ...entry, at: fromNow(1).toISOString() },
    { ...entry, callKeyId: other.id },
    { ...entry, requestId: 'another' },
  ];
  expect((await report(gateway, batch)).data.recordUsage).toEqual({ ...NOTHING, recorded: 4, duplicates: 1 });
  expect([await key.quota(), await other.quota()]).toEqual([
    { used: 15, left: null },
    { used: 5, left: null },
  ]);
});

test('reports rejected usage entries by index and reason, and records the others', async () => {
  const key = await newCallKey(postern, user);
  const bad = [
    ['UNKNOWN_CALL_KEY', { callKeyId: `callkey_${'0'.repeat(22)}` }],
    ['UNKNOWN_CALL_KEY', { callKeyId: user.id }],
    ['UNKNOWN_CALL_KEY', { callKeyId: 'garbage' }],
    ['TIME_OUT_OF_RANGE', { at: fromNow(5 * MINUTE_MS + 1).toISOString() }],
    ['TIME_OUT_OF_RANGE', { at: fromNow(-31 * DAY_MS - 1).toISOString() }],
    ['TIME_OUT_OF_RANGE', { at: '0001-01-01T00:00:00Z' }],
    ['INVALID_AMOUNT', { promptTokens: -1 }],
    ['INVALID_AMOUNT', { completionTokens: -1 }],
    ['INVALID_AMOUNT', { quota: -1 }],
    ['INVALID_AMOUNT', { latencyMs: -1 }],
    ['INVALID_AMOUNT', { quota: 1_000_000_000_001 }],
    ['INVALID_VALUE', { requestId: '' }],
    ['INVALID_VALUE', { requestId: 'x'.repeat(129) }],
    ['INVALID_VALUE', { model: '' }],
    ['INVALID_VALUE', { model: 'a\u0000b' }],
    ['INVALID_VALUE', { requestId: 'a\ud800' }],
    ['INVALID_VALUE', { model: 'a\u202eb' }],
    ['INVALID_VALUE', { requestId: 'a\u2028b' }],
    ['INVALID_VALUE', { model: 'a\u2029b' }],
  ] as const;
  const entries = bad.map(([, wish]) => call(key, now(), wish));
  const answer = await report(gateway, [call(key, now()), ...entries, call(key, now())]);
  expect(answer.data.recordUsage).toEqual({
    ...NOTHING,
    recorded: 2,
    rejected: bad.map(([code], place) => ({ index: place + 1, requestId: entries[place]!.requestId, code })),
  });
  expect(await logsOf(key)).toHaveLength(2);
  expect(await key.quota()).toEqual({ used: 6, left: null });
});

test('accepts usage entries from 31 days back to 5 minutes ahead', async () => {
  const key = await newCallKey(postern, user);
  const times = [fromNow(-31 * DAY_MS), fromNow(5 * MINUTE_MS)];
  expect(
    (
      await report(
        gateway,
        times.map((at) => call(key, at)),
      )
    ).data.recordUsage,
  ).toEqual({ ...NOTHING, recorded: 2 });
  const logs = await query<{ place: string }>(
    postern.database,
    'select tableoid::regclass::text as place from usage_logs where call_key_id = ? order by id',
    [key.uuid],
  );
  expect(logs.map(({ place }) => place)).toEqual(
    times.map((at) => `usage_logs_${at.toISOString().slice(0, 7).replace('-', '_')}`),
  );
});

test('omits an invalid IP address from a usage entry, and still charges the call', async () => {
  const key = await newCallKey(postern, user);
  await report(gateway, [call(key, now(), { ip: 'unknown, 10.0.0.1' }), call(key, now(), { ip: '2001:DB8::0:1' })]);
  expect((await logsOf(key)).map(({ ip }) => ip).sort()).toEqual(['2001:db8::1', null]);
  expect(await key.quota()).toEqual({ used: 6, left: null });
});

test('keeps the logs of a deleted key with its name, and records its calls for 31 days', async () => {
  const [key, other] = [
    await newCallKey(postern, user, { name: 'for a while' }),
    await newCallKey(postern, user, { name: 'another' }),
  ];
  const [early, late] = [call(key, now(), { quota: 5 }), call(key, now(), { quota: 7 })];
  await report(gateway, [early]);
  const before = await usage(user.client);
  expect(await deleteKeys(user.client, [key.id, other.id])).toSucceed();
  expect((await report(gateway, [early, late, call(other, now(), { quota: 1 })])).data.recordUsage).toEqual({
    ...NOTHING,
    recorded: 2,
    duplicates: 1,
  });
  expect((await logsOf(key)).map(({ call_key_name: name, quota }) => [name, Number(quota)]).sort()).toEqual([
    ['for a while', 5],
    ['for a while', 7],
  ]);
  expect((await usage(user.client)).usageSummary!.quota).toBe(Number(before.usageSummary!.quota) + 8);

  const sweep = (at: Date) => sweepUsage(fork(postern.database), at, 0);
  await sweep(fromNow(31 * DAY_MS));
  expect((await report(gateway, [call(key, now())])).data.recordUsage).toEqual({ ...NOTHING, recorded: 1 });
  await sweep(fromNow(31 * DAY_MS + 1));
  expect((await report(gateway, [call(key, now())])).data.recordUsage!.rejected).toMatchObject([
    { code: 'UNKNOWN_CALL_KEY' },
  ]);
});

test('adds up usage by day, key, model and type, and overall usage by day and hour', async () => {
  const [one, other] = [await newCallKey(postern, user), await newCallKey(postern, user)];
  for (let n = 0; n < 6; n += 1) {
    const at = fromNow(-n * 7 * 60 * MINUTE_MS);
    await report(
      gateway,
      [one, other].flatMap((key) =>
        (['CONSUME', 'ERROR'] as const).flatMap((type) =>
          ['model-0', `model-${n}`].map((model) => call(key, at, { type, model, quota: n })),
        ),
      ),
    );
  }
  const sums =
    'count(*) as requests, sum(prompt_tokens) as prompt_tokens, sum(completion_tokens) as completion_tokens, sum(quota) as quota from usage_logs group by 1, 2, 3, 4, 5, 6';
  const start = (period: string) => `date_trunc('${period}', at, 'UTC') as at`;
  const expected = await query(
    postern.database,
    `
    select account_id, 'DAY' as period, ${start('day')}, call_key_id, model, type, ${sums}
    union all select '${NIL_ID}'::uuid, 'DAY', ${start('day')}, '${NIL_ID}'::uuid, model, type, ${sums}
    union all select '${NIL_ID}'::uuid, 'HOUR', ${start('hour')}, '${NIL_ID}'::uuid, model, type, ${sums} order by 1, 2, 3, 4, 5, 6`,
  );
  const plain = (rows: Record<string, unknown>[]) =>
    rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [name, value instanceof Date ? value.toISOString() : String(value)]),
      ),
    );
  const found = await query(postern.database, 'select * from usage_totals order by 1, 2, 3, 4, 5, 6');
  expect(plain(found)).toEqual(plain(expected));
  expect(found.length).toBeGreaterThan(20);
});

test('records 1,000 usage entries in a fixed number of statements (R-80)', async () => {
  const keys = await Promise.all(Array.from({ length: 20 }, () => newCallKey(postern, user)));
  const statementsOf = async (count: number) => {
    const entries = Array.from({ length: count }, (_, n) => call(keys[n % keys.length]!, fromNow(-n * MINUTE_MS)));
    await postern.app.dependencies.background.whenIdle();
    postern.statements.forget();
    expect((await report(gateway, entries)).data.recordUsage).toEqual({ ...NOTHING, recorded: count });
    await postern.app.dependencies.background.whenIdle();
    return postern.statements.texts.filter((sql) => /^\W*(?:\[query\] )?\s*(?:select|insert|update|delete)/i.test(sql))
      .length;
  };
  const few = await statementsOf(1);
  expect(few).toBeLessThanOrEqual(5);
  expect(await statementsOf(1_000)).toBeLessThanOrEqual(few + 1);
});

test('stores no usage log, charge or total if a statement fails midway (R-86)', async () => {
  const key = await newCallKey(postern, user);
  await query(
    postern.database,
    "create function no_total() returns trigger language plpgsql as $$ begin raise exception 'a fault on purpose'; end $$",
  );
  await query(
    postern.database,
    'create trigger no_total before insert on usage_totals for each row execute function no_total()',
  );
  const entry = call(key, now());
  const before = await tables();
  try {
    expect(await report(gateway, [entry])).toFailWith('INTERNAL_SERVER_ERROR');
  } finally {
    await query(postern.database, 'drop trigger no_total on usage_totals');
  }
  expect(await tables()).toEqual(before);
  expect((await report(gateway, [entry])).data.recordUsage).toEqual({ ...NOTHING, recorded: 1 });
});

test('rejects recording usage and verifying keys without a SERVICE token (R-62)', async () => {
  const key = await newCallKey(postern, user);
  const before = await tables();
  expect(await report(postern.client(), [call(key, now())])).toFailWith('UNAUTHENTICATED');
  expect(await report(user.client, [call(key, now())])).toFailWith('FORBIDDEN');
  const byToken = program(postern, await newApiToken(user.client));
  expect(await report(byToken, [call(key, now())])).toFailWith('FORBIDDEN');
  expect(await byToken.send('{ verifyCallKey(key: "sk-") { valid } }')).toFailWith('FORBIDDEN');
  expect(await tables()).toEqual(before);
});

test('rejects recording usage and verifying keys with a session of a SERVICE account (R-62)', async () => {
  const [key, service] = [await newCallKey(postern, user), await newUser(postern)];
  await query(
    postern.database,
    "update accounts set role = 'SERVICE', service_scopes = '{CALL_KEYS}' where username = ?",
    [service.username],
  );
  const before = await tables();
  expect(await report(service.client, [call(key, now())])).toFailWith('FORBIDDEN');
  expect(await service.client.send('{ verifyCallKey(key: "sk-") { valid } }')).toFailWith('FORBIDDEN');
  expect(await tables()).toEqual(before);
});

test('records usage without a security event', async () => {
  const key = await newCallKey(postern, user);
  expect(
    await eventsDuring(postern.database, async () => {
      await report(gateway, [call(key, now())]);
    }),
  ).toEqual([]);
});

test('accepts an empty usage report, and records nothing', async () => {
  expect((await report(gateway, [])).data.recordUsage).toEqual(NOTHING);
});
