import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { deleteKeys, keysOf, newCallKeyOf, updateKey } from '../features/call-key/own-keys.js';
import { eventually } from '../support/eventually.js';
import type { CreateCallKeyInput } from '../support/generated/graphql.js';
import { registerAt, type Registered } from '../support/registrations.js';
import {
  cleanUp,
  migratedFolder,
  runCommand,
  startServer,
  temporaryFolder,
  type ServerProcess,
} from '../support/server-process.js';
import { logs } from '../features/usage/read-usage.js';
import { callGateway, startGateway, startUpstream, statusOf, type Listening } from './programs.js';

let settings: Record<string, string>;
let postern: ServerProcess;
let owner: Registered;
let gateway: Listening;
let gatewaySettings: Record<string, string>;

beforeAll(async () => {
  settings = { DATA_DIR: migratedFolder() };
  const created = await runCommand(['service', 'create', '--username', 'gateway', '--json'], settings);
  const [upstream] = await Promise.all([
    startUpstream(),
    startServer(settings).then((server) => {
      postern = server;
    }),
  ]);
  // After a restart, clients must find it at the same address.
  settings = { ...settings, PORT: new URL(postern.url).port };
  gatewaySettings = {
    POSTERN_URL: postern.url,
    POSTERN_TOKEN: (JSON.parse(created.stdout) as { token: string }).token,
    UPSTREAM_URL: upstream.url,
    UPSTREAM_KEY: 'upstream-key',
    SPOOL: join(temporaryFolder(), 'usage.jsonl'),
  };
  gateway = await startGateway(gatewaySettings);
  owner = await registerAt(postern);
});
afterAll(cleanUp);

const spool = () => (existsSync(gatewaySettings['SPOOL']!) ? readFileSync(gatewaySettings['SPOOL']!, 'utf8') : '');
const newKey = (input: Partial<CreateCallKeyInput> = {}) => newCallKeyOf(owner.client, input);
const logsOf = async (callKeyId: string) =>
  (await logs(owner.client, { filter: { callKeyId }, first: 100 })).edges.map(({ node }) => node);
const requestIdsOf = async (callKeyId: string) => (await logsOf(callKeyId)).map(({ requestId }) => requestId).sort();

test('forwards a call with a key, charges its usage and shows it in the owner’s logs', async () => {
  const { key, id } = await newKey({ name: 'laptop', models: ['m-1'], allowedIps: ['127.0.0.0/8'], quota: 100 });
  const { status, requestId, pieces } = await callGateway(gateway, key, { content: 'one two three' });
  expect(status).toBe(200);
  expect(JSON.parse(pieces.join(''))).toMatchObject({
    model: 'm-1',
    choices: [{ message: { content: 'one two three' } }],
    usage: { total_tokens: 6 },
  });
  await eventually(async () => (await logsOf(id)).length === 1, 'the usage was reported');
  expect(await logsOf(id)).toMatchObject([
    {
      type: 'CONSUME',
      callKey: { id },
      callKeyName: 'laptop',
      model: 'm-1',
      promptTokens: 3,
      completionTokens: 3,
      quota: 6,
      requestId,
      ip: '127.0.0.1',
    },
  ]);
  expect((await keysOf(owner.client, { filter: { search: 'laptop' } })).edges[0]!.node).toMatchObject({
    quotaUsed: 6,
    quotaLeft: 94,
  });
});

test('streams a response word by word, and reports its usage', async () => {
  const { key, id } = await newKey({ name: 'stream' });
  const content = Array.from({ length: 40 }, (_, number) => `word${number}`).join(' ');
  const { status, pieces } = await callGateway(gateway, key, { content, stream: true });
  expect(status).toBe(200);
  expect(pieces.length).toBeGreaterThan(1);
  expect(pieces.join('')).toMatch(/word0 [^]*word39 [^]*data: \[DONE\]\n\n$/);
  await eventually(async () => (await logsOf(id)).length === 1, 'the usage was reported');
  expect(await logsOf(id)).toMatchObject([{ promptTokens: 40, completionTokens: 40, quota: 80 }]);
});

test('rejects a key that may not make the call, with the status that OpenAI clients expect', async () => {
  const expiring = await newKey({ expiresAt: new Date(Date.now() + 1_000).toISOString(), name: 'expiring' });
  const disabled = await newKey();
  await updateKey(owner.client, { id: disabled.id, status: 'DISABLED' });
  const exhausted = await newKey({ quota: 0 });
  const bound = await newKey({ models: ['m-2'] });
  const elsewhere = await newKey({ allowedIps: ['203.0.113.0/24'] });
  await eventually(
    async () => (await keysOf(owner.client, { filter: { status: 'EXPIRED' } })).edges.length === 1,
    'the key expired',
  );
  const statusOf = async ({ key }: { key: string }) => (await callGateway(gateway, key)).status;
  expect(
    await Promise.all(
      [{ key: `sk-${'a'.repeat(48)}` }, { key: '' }, disabled, expiring, bound, elsewhere, exhausted].map(statusOf),
    ),
  ).toEqual([401, 401, 401, 401, 403, 403, 429]);
  expect(
    (await Promise.all([disabled, expiring, bound, elsewhere, exhausted].map(({ id }) => logsOf(id)))).flat(),
  ).toEqual([]);
});

test('rejects calls beyond the limits per minute of a key, and says when to try again', async () => {
  const callTwice = async (key: string) => [
    (await callGateway(gateway, key)).status,
    (await callGateway(gateway, key)).status,
  ];
  for (const limit of [{ requestsPerMinuteLimit: 2 }, { tokensPerMinuteLimit: 5 }]) {
    const { key, id } = await newKey({ name: 'limited', ...limit });
    const other = await newKey({ name: 'not limited' });
    expect(await callTwice(key)).toEqual([200, 200]);
    const { status, retryAfter } = await callGateway(gateway, key);
    expect(status).toBe(429);
    expect(retryAfter).toBeGreaterThan(0);
    expect(retryAfter).toBeLessThanOrEqual(60);
    expect((await callGateway(gateway, other.key)).status).toBe(200);
    await eventually(async () => (await logsOf(id)).length === 2, 'the usage was reported');
  }
});

test('says when the quota of a period renews', async () => {
  const monthly = { period: 'MONTH' } as const;
  const never = await newKey({ ...monthly, periodQuota: 0 });
  expect(await callGateway(gateway, never.key)).toMatchObject({ status: 429, retryAfter: null });
  const { key } = await newKey({ ...monthly, periodQuota: 4 });
  expect((await callGateway(gateway, key)).status).toBe(200);
  await eventually(async () => (await callGateway(gateway, key)).status === 429, 'the quota was exhausted');
  const { retryAfter } = await callGateway(gateway, key);
  expect(retryAfter).toBeGreaterThan(0);
  expect(retryAfter).toBeLessThanOrEqual(31 * 86_400);
});

test('forwards only supported requests, so the upstream key can’t be used for others', async () => {
  const { key, id } = await newKey({ name: 'curious' });
  const targets = [
    'any://x/v1/chat/completions',
    'http://evil.example/v1/chat/completions',
    '//evil.example/v1/models',
    '/v1/files',
    '/v1/chat/completions/../../files',
  ];
  for (const target of targets)
    for (const method of ['GET', 'POST', 'DELETE'])
      expect([target, await statusOf(gateway, key, method, target)]).toEqual([target, 404]);
  expect(await statusOf(gateway, key, 'GET', `/v1/models?${'x'.repeat(5_000)}`)).toBe(404);
  await eventually(async () => (await logsOf(id)).length === 1, 'the usage was reported');
  expect(await logsOf(id)).toMatchObject([{ type: 'ERROR', model: '/v1/models' }]);
});

test('rejects an invalid model name, invalid JSON and a large request, and logs none of them', async () => {
  const { key, id } = await newKey({ name: 'careless' });
  const statusFor = (body: string) => statusOf(gateway, key, 'POST', '/v1/chat/completions', body);
  const bodies = [
    JSON.stringify({ model: 'm'.repeat(129) }),
    '{"model":["m-1"]}',
    '{"model":',
    '{"model":"m-1\\u0007"}',
    JSON.stringify({ model: 'm-1', messages: 'x'.repeat(2 ** 20) }),
  ];
  expect(await Promise.all(bodies.map(statusFor))).toEqual([400, 400, 400, 403, 413]);
  expect(await logsOf(id)).toEqual([]);
});

test('reports the calls of a key that was deleted before the report', async () => {
  const { key, id } = await newKey({ name: 'hasty' });
  const { requestId } = await callGateway(gateway, key);
  await deleteKeys(owner.client, [id]);
  await eventually(async () => (await logsOf(id)).length === 1, 'the usage was reported');
  expect(await logsOf(id)).toMatchObject([{ requestId, callKey: null, callKeyName: 'hasty' }]);
});

test('sets aside entries that Postern rejects, and reports the others', async () => {
  const { id } = await newKey({ name: 'among bad ones' });
  await gateway.process.stop();
  const entry = (requestId: string, wish: object = {}) =>
    JSON.stringify({
      callKeyId: id,
      at: new Date().toISOString(),
      type: 'CONSUME',
      model: 'm-1',
      promptTokens: 1,
      completionTokens: 1,
      quota: 2,
      requestId,
      ...wish,
    });
  const bad = [
    entry('too-long', { model: 'm'.repeat(5_000) }),
    entry('no-count', { promptTokens: null }),
    entry('too-old', { at: '2020-01-01T00:00:00.000Z' }),
  ];
  const good = Array.from({ length: 5 }, (_, number) => entry(`good-${number}`));
  writeFileSync(
    gatewaySettings['SPOOL']!,
    [good[0], bad[0], good[1], good[2], bad[1], bad[2], good[3], good[4], entry('half').slice(0, 40)].join('\n'),
  );
  gateway = await startGateway(gatewaySettings);
  await eventually(() => spool() === '', 'everything was reported or set aside');
  expect(await requestIdsOf(id)).toEqual(['good-0', 'good-1', 'good-2', 'good-3', 'good-4']);
  const aside = readFileSync(`${gatewaySettings['SPOOL']}.rejected`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { requestId: string; why: string });
  expect(aside.map(({ requestId }) => requestId).sort()).toEqual(['no-count', 'too-long', 'too-old']);
  expect(aside.find(({ requestId }) => requestId === 'too-old')!.why).toBe('TIME_OUT_OF_RANGE');
});

test('records all usage exactly once, even when Postern is down and the gateway crashes', async () => {
  const [known, unknown] = [await newKey({ name: 'known' }), await newKey({ name: 'unknown' })];
  const shutOut = await registerAt(postern);
  const ofShutOut = await newCallKeyOf(shutOut.client);
  const first = await callGateway(gateway, known.key);
  await eventually(async () => (await logsOf(known.id)).length === 1, 'the usage was reported');

  await postern.process.stop();
  const during = [await callGateway(gateway, known.key), await callGateway(gateway, known.key, { stream: true })];
  expect(during.map(({ status }) => status)).toEqual([200, 200]);
  expect((await callGateway(gateway, unknown.key)).status).toBe(503);
  const calls = [first, ...during].map(({ requestId }) => requestId).sort();
  await gateway.process.stop('SIGKILL');
  const kept = spool();
  expect(
    kept
      .split('\n')
      .filter(Boolean)
      .map((line) => (JSON.parse(line) as { requestId: string }).requestId),
  ).toEqual(during.map(({ requestId }) => requestId));
  expect(kept).not.toContain(known.key);
  expect(await runCommand(['users', 'disable', shutOut.username, '--reason', 'as an example'], settings)).toMatchObject(
    { code: 0 },
  );

  postern = await startServer(settings);
  gateway = await startGateway(gatewaySettings);
  await eventually(async () => (await logsOf(known.id)).length === 3, 'the usage of the outage was reported');
  expect(await requestIdsOf(known.id)).toEqual(calls);
  await eventually(() => spool() === '', 'the gateway knows that it was');

  // As if the gateway crashed after Postern recorded the report and before the response.
  await gateway.process.stop('SIGKILL');
  writeFileSync(gatewaySettings['SPOOL']!, kept);
  gateway = await startGateway(gatewaySettings);
  await eventually(() => spool() === '', 'the usage was reported once more');
  expect(await requestIdsOf(known.id)).toEqual(calls);
  expect(
    (await keysOf(owner.client, { filter: { search: 'known' } })).edges.find(({ node }) => node.id === known.id)!.node
      .quotaUsed,
  ).toBe(12);
  expect((await callGateway(gateway, ofShutOut.key)).status).toBe(403);
});

test('reports the remaining usage before it stops', async () => {
  const { key, id } = await newKey({ name: 'last' });
  const { requestId } = await callGateway(gateway, key);
  expect(await gateway.process.stop()).toMatchObject({ code: 0 });
  expect(await requestIdsOf(id)).toEqual([requestId]);
  expect(spool()).toBe('');
});
