import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Client } from '../support/client.js';
import { newUser } from '../support/users.js';
import { startPostern, type TestPostern } from '../support/postern.js';
import { newApiToken, program } from '../features/api-token/own-token.js';
import { newGateway } from '../features/usage/gateway.js';

let postern: TestPostern;
let gateway: Client;
beforeAll(async () => {
  postern = await startPostern();
  gateway = await newGateway(postern);
});
afterAll(() => postern.close());

const KIBIBYTE = 1_024;
const MEBIBYTE = 1_024 * KIBIBYTE;

const report =
  'mutation ($input: RecordUsageInput!) { recordUsage(input: $input) { rejected { index } userErrors { code } } }';
const entry = {
  callKeyId: 'callkey_none',
  at: '2026-11-24T12:00:00Z',
  type: 'CONSUME',
  model: 'model-a',
  promptTokens: 1,
  completionTokens: 1,
  quota: 1,
  requestId: 'a request',
};
const body = (query: string, entries: number) =>
  JSON.stringify({
    query,
    variables: query === report ? { input: { entries: Array.from({ length: entries }, () => entry) } } : {},
  });
/** Sends a body padded with spaces to a given length. */
const sendBytes = async (client: Client, query: string, bytes: number) =>
  (await client.post(body(query, 1).padEnd(bytes))).status;

test('accepts a usage report of at most 1 MiB and 1,000 entries (R-80, R-87)', async () => {
  expect(await sendBytes(gateway, report, MEBIBYTE)).toBe(200);
  expect(await sendBytes(gateway, report, MEBIBYTE + 1)).toBe(413);
  const full = await gateway.post(body(report, 1_000));
  expect([full.status, (full.data as { recordUsage: { rejected: unknown[] } }).recordUsage.rejected.length]).toEqual([
    200, 1_000,
  ]);
  const over = await gateway.post(body(report, 1_001));
  expect(over.status).toBe(400);
  expect(over).toFailWith('BAD_REQUEST');
});

test('applies the usual limits to a gateway’s other operations (R-80, R-87)', async () => {
  expect(await sendBytes(gateway, '{ me { username } }', 64 * KIBIBYTE)).toBe(200);
  expect(await sendBytes(gateway, '{ me { username } }', 64 * KIBIBYTE + 1)).toBe(400);
  const packed = report.replace('{ recordUsage', '{ logout { userErrors { code } } recordUsage');
  expect((await gateway.post(body(packed, 1).padEnd(64 * KIBIBYTE + 1))).status).toBe(400);
  const list = await gateway.send('query ($list: [String!]) { me { id } }', {
    list: Array.from({ length: 101 }, () => 'x'),
  });
  expect(list.status).toBe(400);
});

test('rejects a large request from any other caller before reading it (R-80)', async () => {
  const { client } = await newUser(postern);
  const token = await newApiToken(client);
  const mistyped = `${gateway.token!.slice(0, -1)}${gateway.token!.endsWith('0') ? '1' : '0'}`;
  for (const caller of [postern.client(), client, program(postern, token), program(postern, mistyped)]) {
    for (const bytes of [64 * KIBIBYTE + 1, MEBIBYTE]) expect(await sendBytes(caller, report, bytes)).toBe(413);
  }
});

test('limits lists from other callers to 100 entries, even in a usage report (R-87)', async () => {
  const { client } = await newUser(postern);
  const byToken = program(postern, await newApiToken(client));
  for (const caller of [client, byToken]) {
    expect(await caller.post(body(report, 100))).toFailWith('FORBIDDEN');
    expect((await caller.post(body(report, 101))).status).toBe(400);
  }
});

test('rejects a request over 64 KiB without Content-Length, even from a gateway (R-80)', async () => {
  const text = body(report, 1).padEnd(64 * KIBIBYTE + 1);
  const chunks = new ReadableStream({
    start: (controller) => {
      controller.enqueue(new TextEncoder().encode(text));
      controller.close();
    },
  });
  const init: RequestInit = {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${gateway.token}` },
    body: chunks,
    duplex: 'half',
  };
  expect((await fetch(`${postern.url}/graphql`, init)).status).toBe(413);
});
