import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { hashToken } from '../../../src/crypto/token.js';
import { query } from '../../support/database.js';
import { cookiesOf, forwardAuthSettings, verifyAccess } from '../../support/forward-auth.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { startBeside } from '../../support/start-beside.js';
import { newUser, signIn, goodPassword } from '../../support/users.js';

let postern: TestPostern;
let withoutDomain: TestPostern;
beforeAll(async () => {
  postern = await startPostern(forwardAuthSettings);
  const { COOKIE_DOMAIN: _, ...others } = forwardAuthSettings;
  withoutDomain = await startBeside(postern, others);
});
afterAll(async () => {
  await withoutDomain.close();
  await postern.close();
});

const opens = async (cookie: string, on = postern) => (await verifyAccess(on, { headers: { cookie } })).status === 204;
const gateOf = (client: { cookies: Map<string, string> }) => `postern_gate=${client.cookies.get('postern_gate')}`;
const login = (on: TestPostern, username: string, rememberMe: boolean, delivery = 'COOKIE') =>
  on.client().send('mutation ($input: LoginInput!) { login(input: $input) { session { token } } }', {
    input: { login: username, password: goodPassword, rememberMe, delivery },
  });
const gateLines = ({ headers }: { headers: Headers }) =>
  headers.getSetCookie().filter((line) => line.startsWith('postern_gate='));

test('is set beside the session cookie for all hosts of the domain, and lasts as long (R-124)', async () => {
  const { username } = await newUser(postern);
  const answer = await login(postern, username, false);
  expect(gateLines(answer)).toEqual([
    expect.stringMatching(/^postern_gate=psg_\w{49}; Domain=example\.test; Path=\/; HttpOnly; SameSite=Lax$/),
  ]);
  const [session] = answer.headers.getSetCookie().filter((line) => line.startsWith('postern_session='));
  expect(session).not.toMatch(/domain/i);
  const remembered = (await login(postern, username, true)).headers.getSetCookie();
  const ends = ['postern_session', 'postern_gate'].map(
    (name) => /Expires=([^;]+)/.exec(remembered.find((line) => line.startsWith(`${name}=`))!)![1],
  );
  expect(ends[0]).toBe(ends[1]);
});

test('is Secure over https, while the session cookie keeps its prefix (R-53, R-124)', async () => {
  const secure = await startBeside(postern, { ...forwardAuthSettings, PUBLIC_URL: 'https://account.example.test' });
  try {
    const { username } = await newUser(postern);
    const lines = (await login(secure, username, false)).headers.getSetCookie();
    expect(lines.find((line) => line.startsWith('postern_gate='))).toMatch(/; Domain=example\.test; .*; Secure/);
    expect(lines.find((line) => line.startsWith('__Host-postern_session='))).not.toMatch(/domain/i);
  } finally {
    await secure.close();
  }
});

test('has another secret than the session, and is stored as a hash', async () => {
  const { client } = await newUser(postern);
  const [session, gate] = ['postern_session', 'postern_gate'].map((name) => client.cookies.get(name)!);
  expect(gate!.slice(4)).not.toBe(session!.slice(4));
  const rows = await query(postern.database, 'select * from sessions where gate_token_hash = ?', [hashToken(gate!)]);
  expect(rows).toMatchObject([{ token_hash: hashToken(session!) }]);
  expect(JSON.stringify(rows)).not.toContain(gate);
});

test('opens forward auth, and nothing else wherever it is put', async () => {
  const { client, id } = await newUser(postern);
  const gate = client.cookies.get('postern_gate')!;
  const answer = await verifyAccess(postern, { headers: cookiesOf(client, 'postern_gate') });
  expect([answer.status, answer.headers['x-postern-user']]).toEqual([204, id]);
  const me = (headers: Record<string, string>) =>
    postern.client().post('{"query":"{ me { id } }"}', { origin: 'http://localhost:4000', ...headers });
  for (const cookie of [`postern_gate=${gate}`, `postern_session=${gate}`, `postern_trust=${gate}`])
    expect(await me({ cookie })).toMatchObject({ data: { me: null } });
  expect((await me({ authorization: `Bearer ${gate}` })).status).toBe(401);
  expect(await opens(`postern_session=${gate}`)).toBe(false);
  expect(await opens(`postern_gate=${client.cookies.get('postern_session')}`)).toBe(false);
});

test('gives way to the session cookie, and counts as none when there are two', async () => {
  const [first, second] = [await newUser(postern), await newUser(postern)];
  const session = `postern_session=${first.client.cookies.get('postern_session')}`;
  const answer = await verifyAccess(postern, { headers: { cookie: `${gateOf(second.client)}; ${session}` } });
  expect(answer.headers['x-postern-user']).toBe(first.id);
  expect(await opens(`postern_session=x; ${gateOf(second.client)}`)).toBe(false);
  expect(await opens(`${gateOf(second.client)}; ${gateOf(first.client)}`)).toBe(false);
  expect(await opens(`a=1;${gateOf(second.client)};${gateOf(second.client)}`)).toBe(false);
  expect(await opens(`my_postern_gate=x; ${gateOf(second.client)}`)).toBe(true);
});

test('rotates with its session: the old one is refused from then on (R-54)', async () => {
  const { client, password } = await newUser(postern);
  const old = gateOf(client);
  await client.send('mutation ($input: ConfirmIdentityInput!) { confirmIdentity(input: $input) { stepUpExpiresAt } }', {
    input: { password },
  });
  expect(gateOf(client)).not.toBe(old);
  expect([await opens(old), await opens(gateOf(client))]).toEqual([false, true]);
});

test('ends with its session, and is cleared where the session cookie is', async () => {
  const user = await newUser(postern);
  const other = await signIn(postern, user);
  const [gate, otherGate] = [gateOf(user.client), gateOf(other)];
  await user.client.send('mutation { revokeOtherSessions { revokedCount } }');
  expect([await opens(gate), await opens(otherGate)]).toEqual([true, false]);
  const answer = await user.client.send('mutation { logout { userErrors { code } } }');
  expect(gateLines(answer)).toEqual([
    expect.stringMatching(/^postern_gate=; Max-Age=0; Domain=example\.test; Path=\/; Expires=Thu, 01 Jan 1970/),
  ]);
  expect(await opens(gate)).toBe(false);
});

test('is cleared with a session cookie whose session has timed out', async () => {
  const { client } = await newUser(postern);
  postern.clock.advance({ minutes: 61 });
  expect(gateLines(await client.send('{ me { id } }'))).toHaveLength(1);
});

test('is never made for a bearer session, nor without COOKIE_DOMAIN', async () => {
  const { username } = await newUser(postern);
  const gates = async () =>
    (await query<{ n: number }>(postern.database, 'select count(gate_token_hash)::int as n from sessions'))[0]!.n;
  const before = await gates();
  expect(gateLines(await login(postern, username, false, 'BEARER'))).toEqual([]);
  expect(gateLines(await login(withoutDomain, username, false))).toEqual([]);
  expect(await gates()).toBe(before);
});

test('is removed when its session is rotated by a client without cookies', async () => {
  const { client, password } = await newUser(postern);
  const gate = gateOf(client);
  const bearer = postern.client();
  bearer.token = client.cookies.get('postern_session')!;
  await bearer.send('mutation ($input: ConfirmIdentityInput!) { confirmIdentity(input: $input) { stepUpExpiresAt } }', {
    input: { password },
  });
  expect(await opens(gate)).toBe(false);
});

test('is refused after COOKIE_DOMAIN was removed', async () => {
  const { client } = await newUser(postern);
  expect([await opens(gateOf(client)), await opens(gateOf(client), withoutDomain)]).toEqual([true, false]);
});
