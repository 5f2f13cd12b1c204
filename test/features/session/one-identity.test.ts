import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newToken } from '../../../src/crypto/token.js';
import type { Client } from '../../support/client.js';
import { query } from '../../support/database.js';
import { newApiToken } from '../api-token/own-token.js';
import { newUser, type TestUser } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';

let postern: TestPostern;
let anna: TestUser;
let bert: TestUser;
let apiToken: string;
beforeAll(async () => {
  postern = await startPostern();
  anna = await newUser(postern);
  bert = await newUser(postern, 'BEARER');
  apiToken = await newApiToken(bert.client);
});
afterAll(() => postern.close());

const body = JSON.stringify({ query: '{ me { username } }' });
const cookieOf = (client: Client) => [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
const ask = (headers: Record<string, string>) => postern.client().post(body, headers);

/** Sends a request with raw header lines, which no HTTP client would send. */
function askWithLines(...lines: string[]): Promise<string> {
  const { hostname, port } = new URL(postern.url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () =>
      socket.write(
        [
          'POST /graphql HTTP/1.1',
          'host: localhost',
          'content-type: application/json',
          `content-length: ${body.length}`,
          'connection: close',
          ...lines,
          '',
          body,
        ].join('\r\n'),
      ),
    );
    let answer = '';
    socket
      .setEncoding('utf8')
      .on('data', (part: string) => {
        answer += part;
      })
      .on('end', () => resolve(answer))
      .on('error', reject);
  });
}

test('ignores the cookie when the request has an Authorization header (R-59)', async () => {
  const answer = await ask({ cookie: cookieOf(anna.client), authorization: `Bearer ${bert.client.token}` });
  expect(answer.data).toEqual({ me: { username: bert.username } });
});

test('ignores the cookie’s account and session when the request has an API token (R-59, R-62)', async () => {
  const answer = await ask({ cookie: cookieOf(anna.client), authorization: `Bearer ${apiToken}` });
  expect(answer.data).toEqual({ me: { username: bert.username } });
  const asks = {
    'mutation { revokeOtherSessions { revokedCount } }': 'FORBIDDEN',
    '{ me { sessions { id } } }': 'FORBIDDEN',
    'mutation { logout { userErrors { code } } }': 'FORBIDDEN',
  };
  for (const [document, code] of Object.entries(asks)) {
    const refused = await postern.client().post(JSON.stringify({ query: document }), {
      cookie: cookieOf(anna.client),
      authorization: `Bearer ${apiToken}`,
    });
    expect(refused).toFailWith(code);
    expect(refused.headers.getSetCookie()).toEqual([]);
  }
  expect((await anna.client.send('{ me { username } }')).data).toEqual({ me: { username: anna.username } });
});

test.each(['https://elsewhere.example', 'null'])(
  'accepts a bearer token from a page of %s, but not the cookie in the same request (R-59, R-83)',
  async (origin) => {
    const foreign = { origin, 'sec-fetch-site': 'cross-site', cookie: cookieOf(anna.client) };
    for (const token of [apiToken, bert.client.token!])
      expect((await ask({ ...foreign, authorization: `Bearer ${token}` })).data).toEqual({
        me: { username: bert.username },
      });
    expect((await ask({ ...foreign, authorization: 'Bearer' })).status).toBe(401);
    expect((await ask({ ...foreign, authorization: '' })).status).toBe(403);
    expect((await ask(foreign)).status).toBe(403);
  },
);

test.each(['bearer', 'BEARER', 'BeArEr'])('accepts the authorization scheme in any case: %s (R-59)', async (scheme) => {
  expect((await ask({ authorization: `${scheme} ${bert.client.token}` })).data).toEqual({
    me: { username: bert.username },
  });
});

test.each([
  ['names no token', () => 'Bearer'],
  [
    'is Basic, with the right name and password',
    () => `Basic ${Buffer.from(`${anna.username}:${anna.password}`).toString('base64')}`,
  ],
  ['is Basic, with the right token', () => `Basic ${bert.client.token}`],
  ['has a token and no scheme', () => bert.client.token!],
  ['has a token that was never issued', () => `Bearer ${newToken('session')}`],
  ['has an API token that was never issued', () => `Bearer ${newToken('apiToken')}`],
  ['has an API token under the prefix of a session', () => `Bearer ${apiToken.replace('pat_', 'pss_')}`],
  ['has an API token in another case', () => `Bearer ${apiToken.toUpperCase()}`],
  [
    'is Basic, with the right API token',
    () => `Basic ${Buffer.from(`${bert.username}:${apiToken}`).toString('base64')}`,
  ],
  ['has a session and an API token', () => `Bearer ${bert.client.token} ${apiToken}`],
  ['has a device token', () => `Bearer ${newToken('device')}`],
  ['has a token with a typing error', () => `Bearer ${bert.client.token!.slice(0, -1)}_`],
  ['has half of a token', () => `Bearer ${bert.client.token!.slice(0, 30)}`],
  ['has two tokens', () => `Bearer ${bert.client.token} ${bert.client.token}`],
  ['has two credentials with a comma', () => `Bearer ${bert.client.token}, Bearer ${bert.client.token}`],
  [
    'has the secret of a token under the prefix of another kind',
    () => `Bearer ${bert.client.token!.replace('pss_', 'psc_')}`,
  ],
  ['has a setup token', () => `Bearer ${newToken('setup')}`],
  ['has a challenge', () => `Bearer ${newToken('secondFactorChallenge')}`],
  ['has SQL', () => "Bearer ' or 1=1 --"],
])('rejects a request whose Authorization header %s, even with a valid cookie (R-59)', async (_what, header) => {
  const answer = await ask({ cookie: cookieOf(anna.client), authorization: header() });
  expect(answer).toMatchObject({ status: 401, data: null });
  expect(answer).toFailWith('UNAUTHENTICATED');
  expect(answer.headers.getSetCookie()).toEqual([]);
  expect((await anna.client.send('{ me { username } }')).data).toEqual({ me: { username: anna.username } });
});

test('changes nothing when a mutation has an invalid header and a valid cookie (R-59)', async () => {
  const before = await query(postern.database, 'select id from sessions order by id');
  const answer = await postern.client().post(JSON.stringify({ query: 'mutation { logout { userErrors { code } } }' }), {
    cookie: cookieOf(anna.client),
    authorization: 'Bearer wrong',
  });
  expect(answer.status).toBe(401);
  expect(await query(postern.database, 'select id from sessions order by id')).toEqual(before);
});

test('rejects two Authorization headers with status 400, even if they are equal (R-59)', async () => {
  const line = `authorization: Bearer ${bert.client.token}`;
  expect(await askWithLines(line)).toMatch(new RegExp(`^HTTP/1.1 200 [^]*${bert.username}`));
  for (const lines of [
    [line, line],
    [line, 'Authorization: Bearer wrong'],
    ['AUTHORIZATION: Basic eA==', line],
  ]) {
    const answer = await askWithLines(...lines, `cookie: ${cookieOf(anna.client)}`, 'origin: http://localhost:4000');
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
    expect(answer).toContain('"BAD_REQUEST"');
    expect(answer).not.toContain(bert.username);
    expect(answer).not.toContain(anna.username);
  }
});

test('accepts the same session tokens as a cookie and as a bearer token (R-59)', async () => {
  const origin = 'http://localhost:4000';
  const token = bert.client.token!;
  expect((await ask({ origin, cookie: `postern_session=${token}` })).data).toEqual({ me: { username: bert.username } });
  expect((await ask({ authorization: `Bearer ${[...anna.client.cookies.values()][0]}` })).data).toEqual({
    me: { username: anna.username },
  });
  for (const foreign of [
    newToken('secondFactorChallenge'),
    newToken('setup'),
    token.replace('pss_', 'psc_'),
    apiToken,
    'x',
    '',
  ]) {
    const answer = await ask({ origin, cookie: `postern_session=${foreign}` });
    expect(answer).toMatchObject({ status: 200, data: { me: null } });
  }
});

test('rejects a malformed token or a wrong checksum without a database query (R-59, R-69)', async () => {
  postern.statements.forget();
  await ask({ authorization: `Bearer ${'x'.repeat(53)}` });
  for (const prefix of ['pss_', 'pat_', 'psc_', 'psu_', 'psd_', 'sk-'])
    expect((await ask({ authorization: `Bearer ${prefix}${'0'.repeat(49)}` })).status).toBe(401);
  const wrong = apiToken.slice(0, 20) + (apiToken[20] === 'x' ? 'y' : 'x') + apiToken.slice(21);
  expect((await ask({ authorization: `Bearer ${wrong}` })).status).toBe(401);
  expect(postern.statements.texts).toEqual([]);
});
