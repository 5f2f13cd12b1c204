import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { newAccessToken, programWith, revokeAccessTokens } from '../support/access-tokens.js';
import { newUserOfRole } from '../features/administration/administrators.js';
import { newApiToken, program } from '../features/api-token/own-token.js';
import { accountId, eventsDuring } from '../features/security-event/events.js';
import { call, newCallKey, newGateway, report, type TestCallKey } from '../features/usage/gateway.js';
import type { Client } from '../support/client.js';
import { query } from '../support/database.js';
import { errorOf, exportAs, recordsOf } from '../support/exports.js';
import { startPostern, type TestPostern } from '../support/postern.js';
import { startBeside } from '../support/start-beside.js';
import { newTrustingUser } from '../support/trusted-browsers.js';
import { newUser, signIn, type TestUser } from '../support/users.js';

let postern: TestPostern;
let gateway: Client;
let user: TestUser;
let key: TestCallKey;
beforeAll(async () => {
  postern = await startPostern({ TRUSTED_BROWSER_DAYS: '30' });
  gateway = await newGateway(postern);
});
afterAll(() => postern.close());
// A new user, because exports are counted for each account.
beforeEach(async () => {
  user = await newUser(postern);
  key = await newCallKey(postern, user, { name: 'Laptop' });
});

const usageHeader = 'id,at,type,callKeyName,model,promptTokens,completionTokens,quota,latencyMs,requestId,ip,callKeyId';
const eventHeader = 'id,at,type,outcome,reason,detail,ip,device,requestId,traceId,userId,actorId,accessTokenId';
const linesOf = ({ text }: { text: string }) => text.split('\r\n').filter(Boolean);
const ago = (seconds: number) => new Date(postern.clock.read().getTime() - seconds * 1_000);

/** Reports many calls of a key. */
async function reportMany(of: TestCallKey, count: number): Promise<void> {
  for (let reported = 0; reported < count; reported += 500)
    await report(
      gateway,
      Array.from({ length: Math.min(500, count - reported) }, () => call(of, ago(60))),
    );
}

describe('usage', () => {
  test('exports calls as CSV with a header line, newest first, as a file that is not stored', async () => {
    const [older, newer] = [call(key, ago(20), { latencyMs: 120, ip: '203.0.113.9' }), call(key, ago(10))];
    await report(gateway, [older, newer]);
    const answer = await exportAs(user.client, 'usage?format=csv');
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="postern-usage-${ago(0).toISOString().slice(0, 10)}.csv"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    const [header, first, second, ...others] = linesOf(answer);
    expect([header, others]).toEqual([usageHeader, []]);
    expect(first).toMatch(
      new RegExp(`^usagelog_\\w{22},${newer.at},CONSUME,Laptop,model-a,10,5,3,,${newer.requestId},,`),
    );
    expect(second).toMatch(
      new RegExp(`,CONSUME,Laptop,model-a,10,5,3,120,${older.requestId},203\\.0\\.113\\.9,${key.id}$`),
    );
  });

  test('exports calls as JSON lines with the same fields', async () => {
    const [older, newer] = [call(key, ago(20)), call(key, ago(10), { quota: 9 })];
    await report(gateway, [older, newer]);
    const answer = await exportAs(user.client, 'usage?format=jsonl');
    expect(answer.headers.get('content-type')).toBe('application/jsonl; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toMatch(/\.jsonl"$/);
    const records = recordsOf(answer);
    expect(records).toMatchObject([
      { requestId: newer.requestId, quota: 9, latencyMs: null, at: newer.at, callKeyId: key.id },
      { requestId: older.requestId, quota: 3 },
    ]);
    expect(Object.keys(records[0]!).join()).toBe(usageHeader);
  });

  test('exports a header line alone when nothing is found, and no JSON line', async () => {
    expect((await exportAs(user.client, 'usage?format=csv')).text).toBe(`${usageHeader}\r\n`);
    expect((await exportAs(user.client, 'usage?format=jsonl')).text).toBe('');
  });

  test('exports the calls that each filter finds', async () => {
    const other = await newCallKey(postern, user);
    const calls = [
      call(key, ago(40), { model: 'model-b' }),
      call(key, ago(30), { type: 'ERROR', quota: 0 }),
      call(other, ago(20)),
    ];
    await report(gateway, calls);
    const [first, failed, others] = calls.map(({ requestId }) => requestId);
    const found = async (filter: Record<string, string>) =>
      recordsOf(
        await exportAs(user.client, `usage?${new URLSearchParams({ format: 'jsonl', ...filter }).toString()}`),
      ).map(({ requestId }) => requestId);
    expect(await found({ from: ago(35).toISOString() })).toEqual([others, failed]);
    expect(await found({ to: ago(35).toISOString() })).toEqual([first]);
    expect(await found({ type: 'ERROR' })).toEqual([failed]);
    expect(await found({ callKeyId: other.id })).toEqual([others]);
    expect(await found({ model: 'model-b' })).toEqual([first]);
    expect(await found({ requestId: failed! })).toEqual([failed]);
    expect(await found({ type: 'CONSUME', callKeyId: key.id, all: 'false' })).toEqual([first]);
  });

  test('exports everything page by page, each read once, with flat memory (R-138)', async () => {
    await reportMany(key, 1_700);
    postern.statements.forget();
    const answer = await exportAs(user.client, 'usage?format=csv');
    const ids = linesOf(answer)
      .slice(1)
      .map((line) => line.split(',')[0]);
    expect([ids.length, new Set(ids).size]).toEqual([1_700, 1_700]);
    expect(postern.statements.texts.filter((text) => text.includes('from "usage_logs"'))).toHaveLength(4);
  });

  test.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['＝1', "'＝1"],
    ['a;=1', "a;'=1"],
    ['plain model', 'plain model'],
  ])('writes a model %j as %j in CSV, and unchanged in JSON lines (R-138)', async (model, cell) => {
    await report(gateway, [call(key, ago(10), { model })]);
    expect(linesOf(await exportAs(user.client, 'usage?format=csv'))[1]).toContain(`,${cell},`);
    expect(recordsOf(await exportAs(user.client, 'usage?format=jsonl'))[0]).toMatchObject({ model });
  });
});

describe('events', () => {
  test('exports the fields of events, with ids for objects', async () => {
    const answer = await exportAs(user.client, 'events?format=csv');
    expect(linesOf(answer)[0]).toBe(eventHeader);
    const [record] = recordsOf(await exportAs(user.client, 'events?format=jsonl&types=REGISTERED'));
    expect(record).toEqual({
      id: expect.stringMatching(/^event_\w{22}$/),
      at: expect.stringMatching(/Z$/),
      type: 'REGISTERED',
      outcome: 'SUCCESS',
      reason: null,
      detail: null,
      ip: '127.0.0.1',
      device: 'node',
      requestId: expect.any(String),
      traceId: null,
      userId: user.id,
      actorId: user.id,
      accessTokenId: null,
    });
  });

  test('exports the events that each filter finds', async () => {
    const other = await newUser(postern);
    await user.client.send('mutation { logout { userErrors { code } } }');
    const client = await signIn(postern, user);
    const { id } = await newAccessToken(client);
    const typesOf = async (filter: Record<string, string>) =>
      recordsOf(await exportAs(client, `events?${new URLSearchParams({ format: 'jsonl', ...filter }).toString()}`)).map(
        ({ type }) => type,
      );
    expect(await typesOf({ types: 'LOGGED_OUT,REGISTERED' })).toEqual(['LOGGED_OUT', 'REGISTERED']);
    expect(await typesOf({ outcome: 'REFUSED' })).toEqual([]);
    expect(await typesOf({ ip: '203.0.113.1' })).toEqual([]);
    expect(await typesOf({ ip: '::ffff:127.0.0.1', types: 'LOGGED_OUT' })).toEqual(['LOGGED_OUT']);
    expect(await typesOf({ accessTokenId: id })).toEqual([]);
    expect(await typesOf({ from: ago(-60).toISOString() })).toEqual([]);
    expect(await typesOf({ to: ago(3_600).toISOString() })).toEqual([]);
    const { client: admin } = await newUserOfRole(postern, 'ADMIN');
    const ofAll = async (filter: Record<string, string>) =>
      recordsOf(
        await exportAs(admin, `events?${new URLSearchParams({ format: 'jsonl', all: 'true', ...filter }).toString()}`),
      ).map(({ userId }) => userId);
    expect(new Set(await ofAll({ userId: other.id }))).toEqual(new Set([other.id]));
    expect(new Set(await ofAll({ actorId: user.id }))).toEqual(new Set([user.id]));
  });
});

describe('parameters', () => {
  test.each([
    ['usage', 'format', 'MISSING'],
    ['usage?format=', 'format', 'MALFORMED'],
    ['usage?format=xml', 'format', 'MALFORMED'],
    ['usage?format=csv&format=csv', 'format', 'MALFORMED'],
    ['usage?format=csv&all=1', 'all', 'MALFORMED'],
    ['usage?format=csv&from=yesterday', 'from', 'MALFORMED'],
    ['usage?format=csv&to=2026-02-30T00:00:00Z', 'to', 'MALFORMED'],
    ['usage?format=csv&type=consume', 'type', 'MALFORMED'],
    ['usage?format=csv&callKeyId=callkey_1', 'callKeyId', 'MALFORMED'],
    ['usage?format=csv&model=', 'model', 'MALFORMED'],
    ['usage?format=csv&model=a&model=b', 'model', 'MALFORMED'],
    ['usage?format=csv&requestId=', 'requestId', 'MALFORMED'],
    ['usage?format=csv&all=true&userId=x', 'userId', 'MALFORMED'],
    ['usage?format=csv&userId=user_0000000000000000000000', 'userId', 'UNKNOWN'],
    ['usage?format=csv&outcome=SUCCESS', 'outcome', 'UNKNOWN'],
    ['usage?format=csv&constructor=1', 'constructor', 'UNKNOWN'],
    ['usage?format=csv&__proto__=1', '__proto__', 'UNKNOWN'],
    ['events?format=csv&types=LOGIN_FAILED,NOTHING', 'types', 'MALFORMED'],
    ['events?format=csv&types=', 'types', 'MALFORMED'],
    ['events?format=csv&type=LOGIN_FAILED', 'type', 'UNKNOWN'],
    ['events?format=csv&outcome=OK', 'outcome', 'MALFORMED'],
    ['events?format=csv&ip=nowhere', 'ip', 'MALFORMED'],
    ['events?format=csv&accessTokenId=1', 'accessTokenId', 'MALFORMED'],
    ['events?format=csv&actorId=user_0000000000000000000000', 'actorId', 'UNKNOWN'],
    ['account?format=jsonl', 'format', 'UNKNOWN'],
  ])('answers 400 to %s and names the parameter %s', async (path, parameter, fault) => {
    const error = errorOf(await exportAs(user.client, path));
    expect(error).toMatchObject({ status: 400, code: 'BAD_USER_INPUT', parameter });
    expect(error.message).toContain(parameter);
    expect(error.message).toMatch({ MISSING: /required/, MALFORMED: /Invalid/, UNKNOWN: /Unknown/ }[fault]!);
    const [row] = await query<{ count: unknown }>(
      postern.database,
      "select count(*) as count from rate_limits where key like '%Exports:' || ?",
      [await accountId(postern.database, user.username)],
    );
    expect(Number(row!.count)).toBe(0);
  });

  test('answers in Chinese, and repeats only the start of a long name', async () => {
    const name = 'x'.repeat(500);
    const error = errorOf(await exportAs(user.client, `usage?format=csv&${name}=1`, { 'accept-language': 'zh' }));
    expect(error).toMatchObject({ parameter: 'x'.repeat(64), message: `未知参数：${'x'.repeat(64)}。` });
  });
});

describe('callers', () => {
  test('answers 401 without a credential, and with one that is unknown or ended', async () => {
    const anonymous = await exportAs(postern.client(), 'usage?format=csv');
    expect(errorOf(anonymous)).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    expect(anonymous.headers.get('www-authenticate')).toBe('Bearer');
    const { token, id } = await newAccessToken(user.client, { scopes: ['USAGE_READ'] });
    await revokeAccessTokens(user.client, [id]);
    const ended = user.client.copy();
    await user.client.send('mutation { logout { userErrors { code } } }');
    for (const client of [ended, programWith(postern, token), programWith(postern, 'x')])
      for (const path of ['usage?format=csv', 'events?format=csv', 'account'])
        expect(errorOf(await exportAs(client, path))).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
  });

  test('exports only the own rows of a user, an administrator too', async () => {
    const admin = await newUserOfRole(postern, 'ADMIN');
    await report(gateway, [call(key, ago(10))]);
    for (const { client } of [await newUser(postern), admin]) {
      expect(recordsOf(await exportAs(client, 'usage?format=jsonl'))).toEqual([]);
      expect(recordsOf(await exportAs(client, `usage?format=jsonl&callKeyId=${key.id}`))).toEqual([]);
    }
    const events = recordsOf(await exportAs(admin.client, 'events?format=jsonl'));
    expect(new Set(events.map(({ userId }) => userId))).toEqual(new Set([admin.id]));
  });

  test.each(['usage', 'events'])('exports %s of all accounts to administrators alone', async (name) => {
    const [admin, root] = [await newUserOfRole(postern, 'ADMIN'), await newUserOfRole(postern, 'ROOT')];
    await report(gateway, [call(key, ago(10))]);
    const path = `${name}?format=jsonl&all=true&userId=${user.id}`;
    for (const { client } of [admin, root]) {
      const records = recordsOf(await exportAs(client, path));
      expect(records.length).toBeGreaterThan(0);
      expect(new Set(records.map(({ userId }) => userId))).toEqual(new Set([user.id]));
    }
    for (const client of [user.client, gateway])
      expect(errorOf(await exportAs(client, path))).toMatchObject({ status: 403, code: 'FORBIDDEN' });
  });

  test('takes tokens with the scope of the same list, and no other', async () => {
    const admin = await newUserOfRole(postern, 'ADMIN');
    await report(gateway, [call(key, ago(10))]);
    const tokenOf = async (
      client: Client,
      ...scopes: ('USAGE_READ' | 'EVENTS_READ' | 'ALL_USAGE_READ' | 'ALL_EVENTS_READ')[]
    ) => programWith(postern, (await newAccessToken(client, { scopes })).token);
    const usage = await tokenOf(user.client, 'USAGE_READ');
    const events = await tokenOf(user.client, 'EVENTS_READ');
    expect((await exportAs(usage, 'usage?format=csv')).status).toBe(200);
    expect((await exportAs(events, 'events?format=csv')).status).toBe(200);
    expect((await exportAs(program(postern, await newApiToken(user.client)), 'usage?format=csv')).status).toBe(200);
    for (const [client, path] of [
      [usage, 'events?format=csv'],
      [events, 'usage?format=csv'],
      [usage, 'usage?format=csv&all=true'],
      [await tokenOf(admin.client, 'USAGE_READ', 'ALL_EVENTS_READ'), 'usage?format=csv&all=true'],
      [program(postern, await newApiToken(admin.client)), 'usage?format=csv&all=true'],
    ] as const) {
      const answer = await exportAs(client, path);
      expect([path, errorOf(answer)]).toEqual([path, expect.objectContaining({ status: 403, code: 'FORBIDDEN' })]);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer error="insufficient_scope"');
    }
    const all = await tokenOf(admin.client, 'ALL_USAGE_READ');
    expect(recordsOf(await exportAs(all, `usage?format=jsonl&all=true&userId=${user.id}`))).toHaveLength(1);
  });

  test('limits an administrator without the required second factor to the own data (R-74)', async () => {
    const admin = await newUserOfRole(postern, 'ADMIN');
    const strict = await startBeside(postern, { TWO_FACTOR_REQUIRED_FOR: 'ADMIN,ROOT' });
    try {
      const client = Object.assign(strict.client(), { cookies: admin.client.cookies });
      expect((await exportAs(client, 'usage?format=csv')).status).toBe(200);
      expect(errorOf(await exportAs(client, 'usage?format=csv&all=true'))).toMatchObject({
        status: 403,
        code: 'TWO_FACTOR_REQUIRED',
      });
    } finally {
      await strict.close();
    }
  });

  test('refuses a cookie from another site, and takes a bearer token from there (R-83)', async () => {
    const bearer = await signIn(postern, user, 'BEARER');
    const evil = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.test' };
    const events = await eventsDuring(postern.database, async () => {
      for (const path of ['usage?format=csv', 'events?format=csv', 'account'])
        for (const headers of [evil, { 'sec-fetch-site': 'same-site' }])
          expect(errorOf(await exportAs(user.client, path, headers))).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    });
    expect(events).toEqual([]);
    expect((await exportAs(bearer, 'usage?format=csv', evil)).status).toBe(200);
    for (const site of ['same-origin', 'none'])
      expect((await exportAs(user.client, 'usage?format=csv', { 'sec-fetch-site': site })).status).toBe(200);
  });

  test('exports the account in a session that skipped the second factor only after step-up (R-111)', async () => {
    const { browser, ...trusting } = await newTrustingUser(postern);
    const client = browser.copy();
    await client.send('mutation { logout { userErrors { code } } }');
    await client.send('mutation ($input: LoginInput!) { login(input: $input) { session { session { id } } } }', {
      input: { login: trusting.username, password: trusting.password },
    });
    expect((await exportAs(client, 'usage?format=csv')).status).toBe(200);
    expect(errorOf(await exportAs(client, 'account'))).toMatchObject({ status: 403, code: 'STEP_UP_REQUIRED' });
  });
});

describe('limits', () => {
  test('answers 429 with Retry-After beyond ten exports an hour, each kind alone, with limits off', async () => {
    for (let count = 0; count < 10; count += 1)
      expect((await exportAs(user.client, 'usage?format=csv')).status).toBe(200);
    const answer = await exportAs(user.client, 'usage?format=csv');
    expect(errorOf(answer)).toMatchObject({ status: 429, code: 'RATE_LIMITED' });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(3_500);
    expect((await exportAs(user.client, 'events?format=csv')).status).toBe(200);
    expect((await exportAs((await newUser(postern)).client, 'usage?format=csv')).status).toBe(200);
  });
});
