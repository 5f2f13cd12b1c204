import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { newToken } from '../../../src/crypto/token.js';
import { Client } from '../../support/client.js';
import { query } from '../../support/database.js';
import { goodPassword, newUser, newUsername, signIn, type TestUser } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { startBeside } from '../../support/start-beside.js';

const secureOrigin = 'https://account.example.org';
let postern: TestPostern;
let secure: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
  secure = await startBeside(postern, { PUBLIC_URL: secureOrigin });
});
afterAll(async () => {
  await secure.close();
  await postern.close();
});

const register = (username = newUsername(), delivery = 'COOKIE') => ({
  query:
    'mutation ($input: RegisterInput!) { register(input: $input) { session { token session { id } } userErrors { code } } }',
  variables: { input: { username, password: goodPassword, confirmPassword: goodPassword, delivery } },
});
const login = ({ username }: Pick<TestUser, 'username'>, delivery = 'COOKIE', rememberMe = false) => ({
  query:
    'mutation ($input: LoginInput!) { login(input: $input) { session { token session { id } } userErrors { code } } }',
  variables: { input: { login: username, password: goodPassword, delivery, rememberMe } },
});
const tokenOf = (client: Client) => [...client.cookies.values()][0] ?? '';
const whoIs = async (client: Client) =>
  (await client.send('{ me { username } }')).data['me'] as { username: string } | null;

test('creates unique session tokens of 256 random bits with a prefix for their kind (R-52)', async () => {
  const users = await Promise.all([1, 2, 3].map(() => newUser(postern)));
  const tokens = users.map(({ client }) => tokenOf(client));
  for (const token of tokens) expect(token).toMatch(/^pss_[0-9A-Za-z]{49}$/);
  expect(new Set(tokens.map((token) => token.slice(4, 47))).size).toBe(3);
});

test('stores only the SHA-256 hash of a session token (R-52)', async () => {
  const { client } = await newUser(postern, 'BEARER');
  const token = client.token ?? '';
  const hash = createHash('sha256').update(token).digest('base64url');
  expect(await query(postern.database, 'select id from sessions where token_hash = ?', [hash])).toHaveLength(1);
  const tables = await query<{ name: string }>(
    postern.database,
    "select table_name as name from information_schema.tables where table_schema = 'public'",
  );
  expect(tables.length).toBeGreaterThan(5);
  for (const { name } of tables) {
    expect(
      await query(postern.database, `select 1 from "${name}" as row where row::text like ?`, [
        `%${token.slice(4, 40)}%`,
      ]),
    ).toEqual([]);
  }
});

test('rejects a session’s ID and its token hash as credentials (R-52)', async () => {
  const { client } = await newUser(postern, 'BEARER');
  const [row] = await query<{ id: string; token_hash: string }>(
    postern.database,
    'select id, token_hash from sessions order by created_at desc, id desc limit 1',
  );
  const { data } = await client.send('{ me { sessions { id } } }');
  for (const guess of [row?.id, row?.token_hash, data['me'].sessions[0].id, `pss_${row?.token_hash}`]) {
    const attacker = postern.client();
    attacker.token = guess ?? '';
    expect(await attacker.send('{ me { id } }')).toMatchObject({ status: 401, data: null });
  }
});

test('ignores a session token in the URL or the body (R-52)', async () => {
  const { client } = await newUser(postern, 'BEARER');
  const token = client.token ?? '';
  const inAddress = new Client(`${postern.url}`);
  const response = await fetch(
    `${postern.url}/graphql?access_token=${token}&token=${token}&authorization=Bearer%20${token}`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ me { id } }"}',
    },
  );
  expect(await response.json()).toEqual({ data: { me: null } });
  const inBody = await inAddress.post(
    JSON.stringify({
      query: '{ me { id } }',
      token,
      access_token: token,
      extensions: { authorization: `Bearer ${token}`, token },
    }),
  );
  expect(inBody.data).toEqual({ me: null });
});

test('sets the cookie postern_session over HTTP, hidden from scripts, for this host and path (R-53)', async () => {
  const { headers } = await postern.client().post(JSON.stringify(register()));
  expect(headers.getSetCookie()).toEqual([
    expect.stringMatching(/^postern_session=pss_[0-9A-Za-z]{49}; Path=\/; HttpOnly; SameSite=Lax$/),
    expect.stringMatching(/postern_device=psd_/),
  ]);
});

test('sets the Secure cookie __Host-postern_session over HTTPS (R-53)', async () => {
  const { headers } = await secure.client().post(JSON.stringify(register()));
  expect(headers.getSetCookie()).toEqual([
    expect.stringMatching(/^__Host-postern_session=pss_[0-9A-Za-z]{49}; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
    expect.stringMatching(/postern_device=psd_/),
  ]);
});

test('ignores a session cookie without the __Host- prefix over HTTPS (R-53)', async () => {
  const client = new Client(secure.url, { origin: secureOrigin });
  await client.post(JSON.stringify(register()));
  expect(await whoIs(client)).not.toBeNull();
  const planted = new Client(secure.url, { origin: secureOrigin });
  planted.cookies.set('postern_session', tokenOf(client));
  expect(await whoIs(planted)).toBeNull();
});

test('keeps a remembered cookie as long as its session, any other until the browser closes (R-53)', async () => {
  const user = await newUser(postern);
  const remembered = await postern.client().post(JSON.stringify(login(user, 'COOKIE', true)));
  const [, expires = ''] =
    /; Expires=([^;]+)/.exec(
      remembered.headers.getSetCookie().find((line) => line.includes('postern_session=')) ?? '',
    ) ?? [];
  const [row] = await query<{ expires_at: Date | string }>(
    postern.database,
    'select expires_at from sessions order by expires_at desc limit 1',
  );
  expect(Math.abs(Date.parse(expires) - new Date(row?.expires_at ?? 0).getTime())).toBeLessThan(1_000);
  const ordinary = await postern.client().post(JSON.stringify(login(user)));
  expect(ordinary.headers.getSetCookie().find((line) => line.includes('postern_session='))).not.toMatch(
    /expires|max-age/i,
  );
});

test('keeps the token of a cookie session out of response bodies (R-53)', async () => {
  const client = postern.client();
  const user = { username: newUsername() };
  const signedUp = await client.post(JSON.stringify(register(user.username)));
  const first = tokenOf(client);
  const signedIn = await client.post(JSON.stringify(login(user)));
  const listed = await client.send('{ me { id sessions { id current device ip } } }');
  for (const { text } of [signedUp, signedIn, listed]) {
    expect(text).not.toContain('pss_');
    expect(text).not.toContain(first.slice(4, 40));
  }
  expect(signedUp.data).toMatchObject({ register: { session: { token: null } } });
});

test('sets no cookie when the client requests a bearer token (R-53)', async () => {
  const user = { username: newUsername() };
  for (const body of [register(user.username, 'BEARER'), login(user, 'BEARER')]) {
    const answer = await postern.client().post(JSON.stringify(body));
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(answer.text).toMatch(/"token":"pss_/);
  }
});

test('clears the cookie at sign-out with the attributes it was set with (R-53)', async () => {
  const client = new Client(secure.url, { origin: secureOrigin });
  await client.post(JSON.stringify(register()));
  const { headers } = await client.send('mutation { logout { userErrors { code } } }');
  expect(headers.getSetCookie()).toEqual([
    expect.stringMatching(
      /^__Host-postern_session=; Max-Age=0; Path=\/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; Secure; SameSite=Lax$/,
    ),
  ]);
});

test('keeps the new cookie when a request with the previous token arrives after a rotation (R-54)', async () => {
  const user = await newUser(postern);
  const late = user.client.copy();
  const rotated = await user.client.send(
    'mutation ($input: ConfirmIdentityInput!) { confirmIdentity(input: $input) { userErrors { code } } }',
    { input: { password: user.password } },
  );
  expect(rotated).toSucceed();
  const answer = await late.send('{ me { id } }');
  expect(answer.data['me']).toBeNull();
  expect(answer.headers.getSetCookie()).toEqual([]);
});

test('issues a new session token at sign-in instead of adopting the client’s (R-54)', async () => {
  const attacker = await newUser(postern);
  const planted = tokenOf(attacker.client);
  const victim = await newUser(postern);
  const browser = postern.client();
  browser.cookies.set('postern_session', planted);
  const answer = await browser.post(JSON.stringify(login(victim)));
  expect(answer).toSucceed();
  expect(tokenOf(browser)).not.toBe(planted);
  expect(await whoIs(browser)).toEqual({ username: victim.username });
  expect(await whoIs(attacker.client)).toBeNull();
});

test('issues a new session token at sign-up instead of adopting one that the client made up (R-54)', async () => {
  const browser = postern.client();
  const planted = newToken('session');
  browser.cookies.set('postern_session', planted);
  await browser.post(JSON.stringify(register()));
  expect(tokenOf(browser)).not.toBe(planted);
  expect(
    await query(postern.database, 'select 1 from sessions where token_hash = ?', [
      createHash('sha256').update(planted).digest('base64url'),
    ]),
  ).toEqual([]);
});

test('revokes a client’s session at its next sign-in, and opens one with another ID (R-54)', async () => {
  const user = await newUser(postern);
  const old = user.client.copy();
  const [before] = await query<{ id: string }>(
    postern.database,
    'select id from sessions s where account_id = (select id from accounts where username = ?)',
    [user.username],
  );
  await user.client.post(JSON.stringify(login(user)));
  const after = await query<{ id: string }>(
    postern.database,
    'select id from sessions s where account_id = (select id from accounts where username = ?)',
    [user.username],
  );
  expect(after).toHaveLength(1);
  expect(after[0]?.id).not.toBe(before?.id);
  expect(await whoIs(old)).toBeNull();
  expect(await whoIs(user.client)).toEqual({ username: user.username });
});

test('keeps the client’s session after a failed sign-in (R-54)', async () => {
  const user = await newUser(postern);
  const token = tokenOf(user.client);
  const answer = await user.client.post(
    JSON.stringify({
      query: 'mutation ($input: LoginInput!) { login(input: $input) { session { token } userErrors { code field } } }',
      variables: { input: { login: user.username, password: 'not the password' } },
    }),
  );
  expect(answer).toBeRefusedWith(['INVALID_CREDENTIALS']);
  expect(answer.headers.getSetCookie()).toEqual([]);
  expect(tokenOf(user.client)).toBe(token);
  expect(await whoIs(user.client)).toEqual({ username: user.username });
});

test('keeps both sessions when a user signs in on two clients (R-54)', async () => {
  const user = await newUser(postern);
  const other = await signIn(postern, user, 'BEARER');
  expect(await whoIs(user.client)).toEqual({ username: user.username });
  expect(await whoIs(other)).toEqual({ username: user.username });
});
