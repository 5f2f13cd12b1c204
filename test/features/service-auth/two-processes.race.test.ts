import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { hashToken } from '../../../src/crypto/token.js';
import { eventually } from '../../support/eventually.js';
import {
  issueIdentityToken,
  newIdentityToken,
  partsOf,
  publishedIds,
  publishedKeys,
} from '../../support/identity-tokens.js';
import { registerAt } from '../../support/registrations.js';
import { runCommand } from '../../support/server-process.js';
import { startTwoServers, type TwoServers } from '../../support/two-servers.js';

let two: TwoServers;
beforeAll(async () => {
  two = await startTwoServers({ IDENTITY_AUDIENCES: 'console' });
});
afterAll(() => two.stop());

const storedKeys = () =>
  two.database.query<{ kid: string; endsAt: Date | null }>(
    'select kid, ends_at as "endsAt" from signing_keys order by generation',
  );

async function newSessions(count: number) {
  const { client } = await registerAt(two.servers[0]);
  return Array.from({ length: count }, (_, number) => two.client(number, client.token!));
}

const rotateNow = () => runCommand(['keys', 'rotate', '--now', '--json'], { DATABASE_URL: two.database.url });

test('creates one key when two processes sign their first tokens concurrently (R-122)', async () => {
  const clients = await newSessions(20);
  const tokens = await Promise.all(clients.map((client) => newIdentityToken(client)));
  const [key, ...others] = await storedKeys();
  expect(others).toEqual([]);
  expect(new Set(tokens.map((token) => partsOf(token).header.kid))).toEqual(new Set([key!.kid]));
  for (const server of two.servers) expect(await publishedIds(server)).toEqual([key!.kid]);
});

test('records the first token once when 20 are issued concurrently', async () => {
  const clients = await newSessions(20);
  const answers = await Promise.all(clients.map((client) => issueIdentityToken(client)));
  expect(answers.flatMap(({ data }) => data.issueIdentityToken!.token ?? [])).toHaveLength(20);
  const sid = partsOf(answers[0]!.data.issueIdentityToken!.token!).claims['sid'];
  const { data } = await clients[0]!.send('{ me { sessions { id } } }');
  expect(data['me']).toEqual({ sessions: [{ id: sid }] });
  expect(
    await two.database.query(
      "select 1 from security_events join sessions on sessions.account_id = security_events.account_id where type = 'IDENTITY_TOKEN_ISSUED' and token_hash = $1",
      [hashToken(clients[0]!.token!)],
    ),
  ).toHaveLength(1);
});

test('signs only tokens that verify while the key is rotated twice at the same time (R-122)', async () => {
  const clients = await newSessions(2);
  const tokens: string[] = [];
  let isRotating = true;
  const issuing = clients.map(async (client) => {
    while (isRotating) tokens.push(await newIdentityToken(client));
  });
  const rotations = await Promise.all([rotateNow(), rotateNow()]).finally(() => (isRotating = false));
  await Promise.all(issuing);
  expect(rotations.map(({ code }) => code)).toEqual([0, 0]);
  const keys = await storedKeys();
  expect(keys.filter(({ endsAt }) => endsAt === null)).toHaveLength(1);
  expect(keys.length).toBeGreaterThan(1);
  for (const server of two.servers) {
    await eventually(async () => (await publishedIds(server)).length === keys.length, 'every key is published');
    expect(await publishedIds(server)).toEqual(keys.map(({ kid }) => kid));
    const verifier = createLocalJWKSet(await publishedKeys(server));
    for (const token of tokens) await jwtVerify(token, verifier, { audience: 'console', typ: 'at+jwt' });
  }
});
