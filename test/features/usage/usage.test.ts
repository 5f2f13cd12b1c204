import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { newApiToken, program } from '../api-token/own-token.js';
import type { Client } from '../../support/client.js';
import { query } from '../../support/database.js';
import type { UsageLogFilter } from '../../support/generated/graphql.js';
import { goodPassword, newUser, signIn, type TestUser } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { call, newCallKey, newGateway, report, type TestCallKey } from './gateway.js';
import { logs, usage, type LogsPage } from './read-usage.js';

let postern: TestPostern;
let gateway: Client;
let user: TestUser;
beforeAll(async () => {
  postern = await startPostern();
  gateway = await newGateway(postern);
});
afterAll(() => postern.close());

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const ago = (milliseconds: number) => new Date(postern.clock.read().getTime() - milliseconds);

/** 23 calls with two keys and two models within a month, newest first. Every fourth failed. */
let keys: [TestCallKey, TestCallKey];
let calls: ReturnType<typeof call>[];
beforeEach(async () => {
  user = await newUser(postern);
  keys = [await newCallKey(postern, user, { name: 'one' }), await newCallKey(postern, user, { name: 'other' })];
  calls = Array.from({ length: 23 }, (_, n) =>
    call(keys[(n % 2) as 0 | 1], ago(n * 31 * HOUR_MS + 5_000), {
      type: n % 4 === 3 ? 'ERROR' : 'CONSUME',
      model: n % 3 === 0 ? 'model-a' : 'model-b',
      quota: n,
    }),
  );
  await report(gateway, calls);
});

const idsOf = (filter: (entry: ReturnType<typeof call>) => boolean) =>
  calls.filter(filter).map(({ requestId }) => requestId);
const found = async (client: Client, wish: LogsPage) =>
  (await logs(client, wish)).edges.map(({ node }) => node.requestId);

/** All pages of a list, forward or backward. */
async function walk(client: Client, size: number, filter: UsageLogFilter, backward: boolean): Promise<string[]> {
  const seen: string[] = [];
  for (let cursor: string | null = null; ;) {
    const { edges, pageInfo } = await logs(client, {
      filter,
      ...(backward
        ? { last: size, ...(cursor ? { before: cursor } : {}) }
        : { first: size, ...(cursor ? { after: cursor } : {}) }),
    });
    const page = edges.map(({ node }) => node.requestId);
    if (backward) seen.unshift(...page);
    else seen.push(...page);
    if (!(backward ? pageInfo.hasPreviousPage : pageInfo.hasNextPage)) return seen;
    cursor = backward ? pageInfo.startCursor! : pageInfo.endCursor!;
  }
}

test('lists the calls of the user’s keys, newest first, with a session and with an API token', async () => {
  const byToken = program(postern, await newApiToken(user.client));
  for (const client of [user.client, byToken]) {
    const { edges } = await logs(client, { first: 100 });
    expect(edges.map(({ node }) => node.requestId)).toEqual(calls.map(({ requestId }) => requestId));
    expect(edges[3]!.node).toEqual({
      id: expect.stringMatching(/^usagelog_[0-9A-Za-z]{22}$/),
      at: calls[3]!.at,
      type: 'ERROR',
      callKey: { id: keys[1].id, name: 'other' },
      callKeyName: 'other',
      model: 'model-a',
      promptTokens: 10,
      completionTokens: 5,
      quota: 3,
      latencyMs: null,
      requestId: calls[3]!.requestId,
      ip: null,
    });
  }
});

test('lists every usage log once in both directions, across months, with and without a filter', async () => {
  for (const backward of [false, true]) {
    expect(await walk(user.client, 4, {}, backward)).toEqual(idsOf(() => true));
    expect(await walk(user.client, 3, { model: 'model-a' }, backward)).toEqual(
      idsOf(({ model }) => model === 'model-a'),
    );
    const [from, to] = [calls[20]!.at as string, calls[2]!.at as string];
    expect(await walk(user.client, 5, { from, to }, backward)).toEqual(
      idsOf(({ at }) => String(at) >= from && String(at) < to),
    );
  }
});

test('filters usage logs by time, type, key, model and request, separately and together', async () => {
  const [from, to] = [calls[9]!.at as string, calls[4]!.at as string];
  const wanted: [UsageLogFilter, (entry: ReturnType<typeof call>) => boolean][] = [
    [{ from, to }, ({ at }) => String(at) >= from && String(at) < to],
    [{ type: 'ERROR' }, ({ type }) => type === 'ERROR'],
    [{ type: 'CONSUME' }, ({ type }) => type === 'CONSUME'],
    [{ callKeyId: keys[0].id }, ({ callKeyId }) => callKeyId === keys[0].id],
    [{ model: 'model-b' }, ({ model }) => model === 'model-b'],
    [{ model: 'model-\u0000' }, () => false],
    [{ requestId: 'request-\u0000' }, () => false],
    [{ requestId: calls[7]!.requestId }, ({ requestId }) => requestId === calls[7]!.requestId],
    [
      { from, to, type: 'CONSUME', callKeyId: keys[0].id, model: 'model-a', requestId: calls[6]!.requestId },
      ({ requestId }) => requestId === calls[6]!.requestId,
    ],
    [{ callKeyId: 'callkey_nothing' }, () => false],
    [{ from: to, to: from }, () => false],
    [{ from: '0000-01-01T00:00:00Z', to: '9999-12-31T23:59:59-12:00' }, () => true],
  ];
  for (const [filter, fits] of wanted) {
    expect([filter, await found(user.client, { filter, first: 100 })]).toEqual([filter, idsOf(fits)]);
    expect([filter, await found(user.client, { filter, last: 100 })]).toEqual([filter, idsOf(fits)]);
  }
});

/** The sums of some calls. */
function sumOf(entries: typeof calls) {
  const errors = entries.filter(({ type }) => type === 'ERROR').length;
  return {
    requests: entries.length,
    errors,
    promptTokens: entries.length * 10,
    completionTokens: entries.length * 5,
    quota: entries.reduce((sum, { quota }) => sum + Number(quota), 0),
  };
}

test('sums exactly the matching usage logs for any filter and time range', async () => {
  const edges = [ago(20 * DAY_MS), ago(10 * DAY_MS + 17), ago(3 * HOUR_MS), ago(40 * MINUTE_MS), ago(0)].map((time) =>
    time.toISOString(),
  );
  const filters: UsageLogFilter[] = [
    {},
    { type: 'ERROR' },
    { model: 'model-a' },
    { callKeyId: keys[1].id },
    { requestId: calls[5]!.requestId },
    { callKeyId: 'callkey_nothing' },
    ...edges.flatMap((from, place) => edges.slice(place + 1).map((to) => ({ from, to }))),
    { from: edges[4]!, to: edges[0]! },
  ];
  for (const filter of filters) {
    const expected = calls.filter(
      ({ at, type, model, callKeyId, requestId }) =>
        String(at) >= String(filter.from ?? '') &&
        String(at) < String(filter.to ?? '9') &&
        type === (filter.type ?? type) &&
        model === (filter.model ?? model) &&
        callKeyId === (filter.callKeyId ?? callKeyId) &&
        requestId === (filter.requestId ?? requestId),
    );
    expect([filter, (await usage(user.client, filter)).usageSummary]).toMatchObject([filter, sumOf(expected)]);
  }
});

test('counts requests and tokens of the last 60 seconds, whatever time range is filtered', async () => {
  await report(gateway, [
    call(keys[0], ago(59_999)),
    call(keys[0], ago(60_000)),
    call(keys[1], ago(0)),
    call(keys[1], ago(-1_000)),
  ]);
  expect((await usage(user.client)).usageSummary).toMatchObject({ requestsPerMinute: 3, tokensPerMinute: 45 });
  expect(
    (await usage(user.client, { callKeyId: keys[1].id, to: ago(DAY_MS).toISOString() })).usageSummary,
  ).toMatchObject({ requestsPerMinute: 1, tokensPerMinute: 15 });
});

test.each([
  ['DAY', DAY_MS, 30],
  ['HOUR', HOUR_MS, 24],
] as const)(
  'returns one usage point per %s, oldest first, with totals that match the summary',
  async (interval, length, points) => {
    const { usageSeries } = await usage(user.client, {}, interval);
    const last = Math.floor(postern.clock.read().getTime() / length) * length;
    expect(usageSeries!.map(({ at }) => Date.parse(String(at)))).toEqual(
      Array.from({ length: points }, (_, n) => last - (points - 1 - n) * length),
    );
    const filter = { from: ago(13 * DAY_MS + 1_234).toISOString(), to: ago(5 * HOUR_MS + 77).toISOString() };
    const { usageSeries: part, usageSummary } = await usage(user.client, filter, interval);
    const added = part!.reduce(
      (sum, { requests, tokens, quota }) => ({
        requests: sum.requests + Number(requests),
        tokens: sum.tokens + Number(tokens),
        quota: sum.quota + Number(quota),
      }),
      { requests: 0, tokens: 0, quota: 0 },
    );
    expect(added).toEqual({
      requests: usageSummary!.requests,
      tokens: Number(usageSummary!.promptTokens) + Number(usageSummary!.completionTokens),
      quota: usageSummary!.quota,
    });
    for (const { at, requests } of part!) {
      const own = calls.filter(
        (entry) =>
          Math.floor(Date.parse(String(entry.at)) / length) * length === Date.parse(String(at)) &&
          String(entry.at) >= filter.from &&
          String(entry.at) < filter.to,
      );
      expect([at, requests]).toEqual([at, own.length]);
    }
  },
);

test('rejects a usage series of more than 400 points, and returns the other fields', async () => {
  const ask = (days: number) =>
    user.client.send(
      'query ($filter: UsageLogFilter) { me { username usageSeries(filter: $filter, interval: DAY) { at } } }',
      {
        filter: {
          from: new Date(Date.UTC(2025, 0, 1)).toISOString(),
          to: new Date(Date.UTC(2025, 0, 1 + days)).toISOString(),
        },
      },
    );
  expect((await ask(400)).data['me'].usageSeries).toHaveLength(400);
  const answer = await ask(401);
  expect(answer).toFailWith('BAD_USER_INPUT');
  expect(answer.data['me']).toEqual({ username: user.username, usageSeries: null });
});

test('returns an empty list and zeros for a user without usage', async () => {
  const { client } = await newUser(postern);
  expect(await logs(client)).toEqual({
    edges: [],
    pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
  });
  const { usageSummary, usageSeries } = await usage(client);
  expect(usageSummary).toEqual({
    requests: 0,
    errors: 0,
    promptTokens: 0,
    completionTokens: 0,
    quota: 0,
    requestsPerMinute: 0,
    tokensPerMinute: 0,
  });
  expect(usageSeries!.every(({ requests }) => Number(requests) === 0)).toBe(true);
});

test('keeps the name of a deleted call key in its logs, with a null key', async () => {
  await query(postern.database, 'delete from call_keys where id = ?', [keys[0].uuid]);
  expect((await logs(user.client, { first: 2 })).edges.map(({ node }) => [node.callKeyName, node.callKey])).toEqual([
    ['one', null],
    ['other', { id: keys[1].id, name: 'other' }],
  ]);
  expect(await found(user.client, { filter: { callKeyId: keys[0].id }, first: 100 })).toEqual(
    idsOf(({ callKeyId }) => callKeyId === keys[0].id),
  );
});

test('hides the usage of other accounts in the list, by key and by ID (R-67, R-99)', async () => {
  const bob = await newUser(postern);
  const [edge] = (await logs(user.client)).edges;
  const node = (client: Client, id: string) => client.send('query ($id: ID!) { node(id: $id) { id } }', { id });
  expect((await node(user.client, edge!.node.id)).data['node']).toEqual({ id: edge!.node.id });
  expect((await node(bob.client, edge!.node.id)).data['node']).toBeNull();
  expect((await node(user.client, `usagelog_${'0'.repeat(22)}`)).data['node']).toBeNull();
  expect(await found(bob.client, { filter: { callKeyId: keys[0].id } })).toEqual([]);
  expect((await usage(bob.client, { callKeyId: keys[0].id })).usageSummary).toMatchObject({ requests: 0 });
});

test('hides the usage of a new account from the caller who registered it (R-67, R-76)', async () => {
  const mutation =
    'mutation ($input: RegisterInput!) { register(input: $input) { user { username usageLogs { edges { cursor } } usageSummary { requests } usageSeries(interval: DAY) { at } } } }';
  const answer = await user.client.send(mutation, {
    input: { username: 'made.by.another', password: goodPassword, confirmPassword: goodPassword, delivery: 'BEARER' },
  });
  expect(answer.data).toEqual({
    register: { user: { username: 'made.by.another', usageLogs: null, usageSummary: null, usageSeries: null } },
  });
  expect(answer.errors.map(({ extensions }) => extensions['code'])).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']);
});

describe('administrators', () => {
  const document = `query ($filter: AllUsageLogsFilter) {
    usageLogs(filter: $filter, first: 100) { edges { node { requestId } } }
    usageSummary(filter: $filter) { requests errors promptTokens completionTokens quota requestsPerMinute tokensPerMinute }
    usageSeries(filter: $filter, interval: DAY) { at requests tokens quota }
    hours: usageSeries(filter: $filter, interval: HOUR) { requests }
  }`;
  let admin: Client;
  beforeAll(async () => {
    const owner = await newUser(postern);
    await query(postern.database, "update accounts set role = 'ADMIN' where username = ?", [owner.username]);
    admin = await signIn(postern, owner);
  });
  const ask = async (filter: object) => (await admin.send(document, { filter })).data as Record<string, any>;

  test('shows administrators the usage of all accounts, of one account or of one key (R-99)', async () => {
    const allAccounts = await ask({ from: ago(9 * DAY_MS).toISOString() });
    expect(allAccounts['usageSummary'].requests).toBeGreaterThan(
      calls.filter(({ at }) => String(at) >= ago(9 * DAY_MS).toISOString()).length,
    );
    const [{ count }] = (await query<{ count: unknown }>(
      postern.database,
      'select count(*) as count from usage_logs',
    )) as [{ count: unknown }];
    expect((await ask({}))['usageSummary'].requests).toBe(Number(count));
    for (const [filter, entries] of [
      [{ userId: user.id }, calls],
      [{ callKeyId: keys[0].id }, calls.filter(({ callKeyId }) => callKeyId === keys[0].id)],
      [{ userId: user.id, type: 'ERROR' }, calls.filter(({ type }) => type === 'ERROR')],
    ] as const) {
      const answer = await ask(filter);
      expect(answer['usageLogs'].edges.map(({ node }: { node: { requestId: string } }) => node.requestId)).toEqual(
        entries.map(({ requestId }) => requestId),
      );
      expect(answer['usageSummary']).toMatchObject(sumOf([...entries]));
      expect(answer['usageSeries'].reduce((sum: number, { requests }: { requests: number }) => sum + requests, 0)).toBe(
        entries.filter(({ at }) => Date.parse(String(at)) >= Math.floor(ago(29 * DAY_MS).getTime() / DAY_MS) * DAY_MS)
          .length,
      );
      expect(answer['hours']).toHaveLength(24);
    }
  });

  test('names the user of each log, with one statement for all of them', async () => {
    const other = await newUser(postern);
    const later = call(await newCallKey(postern, other), ago(1_000));
    await report(gateway, [later]);
    const statementsOf = async (first: number) => {
      postern.statements.forget();
      const { data } = await admin.send(
        `query ($first: Int!, $filter: AllUsageLogsFilter) {
          usageLogs(first: $first, filter: $filter) { edges { node { requestId user { id username } } } }
        }`,
        { first, filter: { to: ago(0).toISOString() } },
      );
      const { edges } = data['usageLogs'] as { edges: { node: object }[] };
      return { logs: edges.map(({ node }) => node), count: postern.statements.texts.length };
    };
    const [one, many] = [await statementsOf(1), await statementsOf(100)];
    for (const [{ requestId }, { id, username }] of [
      [later, other],
      [calls[0]!, user],
    ] as const)
      expect(many.logs).toContainEqual({ requestId, user: { id, username } });
    expect(many.count).toBe(one.count);
  });

  test('returns no usage, instead of all usage, for an unknown user or key', async () => {
    for (const filter of [
      { userId: 'user_nobody' },
      { userId: `user_${'0'.repeat(22)}` },
      { userId: keys[0].id },
      { callKeyId: user.id },
      { callKeyId: `callkey_${'0'.repeat(22)}` },
    ]) {
      const answer = await ask(filter);
      expect([
        filter,
        answer['usageLogs'].edges,
        answer['usageSummary'].requests,
        answer['hours'].every(({ requests }: { requests: number }) => requests === 0),
      ]).toEqual([filter, [], 0, true]);
    }
  });

  test('shows the usage of other accounts only to administrators, and only with a session (R-62, R-99)', async () => {
    const token = await newApiToken(admin);
    for (const client of [user.client, program(postern, token)]) {
      const answer = await client.send(document, { filter: { userId: user.id } });
      expect(answer.data).toEqual({ usageLogs: null, usageSummary: null, usageSeries: null, hours: null });
      expect(answer.errors.map(({ extensions }) => extensions['code'])).toEqual(
        Array.from({ length: 4 }, () => 'FORBIDDEN'),
      );
    }
  });

  test('reads the usage of any number of listed users with a fixed number of statements', async () => {
    const nested =
      'query ($first: Int!) { users(first: $first, orderBy: { field: CREATED_AT, direction: DESC }) { edges { node { usageLogs(first: 5) { edges { node { requestId } } } usageSummary { requests requestsPerMinute } usageSeries(interval: DAY) { requests } } } } }';
    const users = [user];
    for (let n = 0; n < 3; n += 1) {
      const next = await newUser(postern);
      const key = await newCallKey(postern, next);
      await report(
        gateway,
        Array.from({ length: 3 + n }, (_, place) => call(key, ago(place * HOUR_MS))),
      );
      users.unshift(next);
    }
    const statementsOf = async (first: number) => {
      await postern.app.dependencies.background.whenIdle();
      postern.statements.forget();
      const answer = await admin.send(nested, { first });
      expect(answer.errors).toEqual([]);
      const counted = postern.statements.texts.filter((sql) => sql.includes('select')).length;
      return {
        counted,
        lists: (
          answer.data['users'].edges as {
            node: { usageLogs: { edges: unknown[] }; usageSummary: { requests: number } };
          }[]
        ).map(({ node }) => [node.usageLogs.edges.length, node.usageSummary.requests]),
      };
    };
    const [one, four] = [await statementsOf(1), await statementsOf(4)];
    expect(four.lists).toEqual([
      [5, 5],
      [4, 4],
      [3, 3],
      [5, 23],
    ]);
    expect(four.counted).toBe(one.counted);
    expect(four.counted).toBeLessThanOrEqual(7);
  });
});

test('loads a list of usage logs with three statements: the viewer, the logs and their keys', async () => {
  await logs(user.client, { first: 100 });
  postern.statements.forget();
  await logs(user.client, { first: 100 });
  expect(postern.statements.texts.filter((sql) => sql.includes('select'))).toHaveLength(3);
});

test.each<[LogsPage, string]>([
  [{ first: 0 }, 'an empty page'],
  [{ first: 101 }, 'a page of more than 100'],
  [{ first: 1, last: 1 }, 'both ends together'],
  [{ after: 'nowhere' }, 'an invalid cursor'],
])('rejects the usage page %j (case %#: %s) (R-87)', async (wish) => {
  const answer = await user.client.send(
    'query ($first: Int, $last: Int, $after: String) { me { username usageLogs(first: $first, last: $last, after: $after) { edges { cursor } } } }',
    { ...wish },
  );
  expect(answer).toFailWith('BAD_USER_INPUT');
  expect(answer.data['me']).toEqual({ username: user.username, usageLogs: null });
});
