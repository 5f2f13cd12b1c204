import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newToken } from '../../src/crypto/token.js';
import { newAccessToken, myAccessTokens, ownerOf, rotateAccessToken } from '../support/access-tokens.js';
import { query } from '../support/database.js';
import { startWithHeldReads } from '../support/held-reads.js';
import { startPostern, type TestPostern } from '../support/postern.js';
import { newUser } from '../support/users.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

const form = 'application/x-www-form-urlencoded';
const post = (body: string, contentType = form) =>
  fetch(`${postern.url}/oauth/revoke`, { method: 'POST', headers: { 'content-type': contentType }, body });
const revoke = (token: string) => post(new URLSearchParams({ token, token_type_hint: 'access_token' }).toString());

test('revokes an access token for whoever holds it, without a credential (RFC 7009)', async () => {
  const { client } = await newUser(postern);
  const { token, id } = await newAccessToken(client);
  const answer = await revoke(token);
  expect([answer.status, await answer.text(), answer.headers.get('cache-control')]).toEqual([200, '', 'no-store']);
  expect(await ownerOf(postern, token)).toBeNull();
  expect(await myAccessTokens(client)).toEqual([]);
  const { data } = await client.send(
    '{ me { securityEvents(first: 1) { edges { node { type detail actor { id } accessToken { id } } } } } }',
  );
  expect(data['me'].securityEvents.edges).toEqual([
    { node: { type: 'ACCESS_TOKENS_REVOKED', detail: token.slice(-4), actor: null, accessToken: { id } } },
  ]);
});

test('ends both tokens when the old one is revoked in its grace period', async () => {
  const { client } = await newUser(postern);
  const old = await newAccessToken(client);
  const { data } = await rotateAccessToken(client, { id: old.id, graceHours: 1 });
  expect((await revoke(old.token)).status).toBe(200);
  expect([await ownerOf(postern, old.token), await ownerOf(postern, data.rotateAccessToken!.token!)]).toEqual([
    null,
    null,
  ]);
});

test('answers 200 to tokens that are unknown, revoked or of another kind, and changes nothing (RFC 7009)', async () => {
  const { client, username } = await newUser(postern, 'BEARER');
  const { token } = await newAccessToken(client);
  await revoke(token);
  const apiToken = (await client.send('mutation { resetApiToken { token } }')).data['resetApiToken'].token as string;
  const stored = () => query(postern.database, 'select * from security_events order by id');
  const before = await stored();
  for (const other of [token, `${token.slice(0, -1)}0`, apiToken, client.token!, 'x', 'x'.repeat(10_000)])
    expect((await revoke(other)).status).toBe(200);
  expect(await stored()).toEqual(before);
  expect([await ownerOf(postern, apiToken), await ownerOf(postern, client.token!)]).toEqual([username, username]);
});

test.each([
  ['no token', '', form],
  ['an empty token', 'token=', form],
  ['two tokens', 'token=a&token=b', form],
  ['JSON', '{"token":"pac_x"}', 'application/json'],
  ['plain text', 'token=pac_x', 'text/plain'],
])('answers 400 to a body with %s', async (_name, body, contentType) => {
  const answer = await post(body, contentType);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
});

test('answers 503 beyond the requests that the process handles at a time (D-11)', async () => {
  const { busy, release } = await startWithHeldReads(postern, { MAX_CONCURRENT_REQUESTS: '10' });
  const body = new URLSearchParams({ token: newToken('accessToken') });
  const answers = Array.from({ length: 11 }, () => fetch(`${busy.url}/oauth/revoke`, { method: 'POST', body }));
  const first = await Promise.race([...answers, setTimeout(2_000, null)]);
  release();
  await Promise.all(answers);
  await busy.close();
  expect([first?.status, first?.headers.get('retry-after')]).toEqual([503, '5']);
});

test('revokes nothing by GET', async () => {
  const { client, username } = await newUser(postern);
  const { token } = await newAccessToken(client);
  expect((await fetch(`${postern.url}/oauth/revoke?token=${token}`)).status).toBe(404);
  expect(await ownerOf(postern, token)).toBe(username);
});
