import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as oauth from 'oauth4webapi';
import { newAccessToken, ownerOf } from '../support/access-tokens.js';
import { query } from '../support/database.js';
import { identityAudiences, newIdentityToken } from '../support/identity-tokens.js';
import { startPostern, type TestPostern } from '../support/postern.js';
import { newService, type TestService } from '../support/services.js';
import { startBeside } from '../support/start-beside.js';
import { confirmIdentity, newTwoFactorUser } from '../support/two-factor.js';
import { newUser, signIn } from '../support/users.js';
import { inactive, newApiToken, presentingIp, sessionTokenOf } from '../features/service-auth/credentials.js';

let postern: TestPostern;
let service: TestService;
let server: oauth.AuthorizationServer;
beforeAll(async () => {
  postern = await startPostern({ PUBLIC_URL: 'http://localhost:4000/', TRUSTED_BROWSER_DAYS: '30' });
  service = await newService(postern, ['CREDENTIALS']);
  server = {
    issuer: 'http://localhost:4000',
    introspection_endpoint: `${postern.url}/oauth/introspect`,
    revocation_endpoint: `${postern.url}/oauth/revoke`,
  };
});
afterAll(() => postern.close());

const insecure = { [oauth.allowInsecureRequests]: true };
const form = 'application/x-www-form-urlencoded';

/** Introspects like any client of OAuth: with HTTP Basic. */
async function introspect(token: string, parameters: Record<string, string> = {}) {
  const client = { client_id: service.username };
  const basic = oauth.ClientSecretBasic(service.token);
  const options = { ...insecure, additionalParameters: parameters };
  const answer = await oauth.introspectionRequest(server, client, basic, token, options);
  return oauth.processIntrospectionResponse(server, client, answer);
}

const post = (authorization: string | null, body = 'token=x', contentType = form, url = postern.url) =>
  fetch(`${url}/oauth/introspect`, {
    method: 'POST',
    headers: { 'content-type': contentType, ...(authorization ? { authorization } : {}) },
    body,
  });

const basicOf = (username: string, password: string) =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
const seconds = (time: Date | string) => Math.floor(new Date(time).getTime() / 1_000);

test('describes a session to a client of OAuth (RFC 7662)', async () => {
  const { client, id, username } = await newUser(postern);
  const { data } = await client.send('{ me { sessions { createdAt expiresAt } } }');
  const [session] = data['me'].sessions as { createdAt: string; expiresAt: string }[];
  expect(await introspect(sessionTokenOf(client))).toEqual({
    active: true,
    token_type: 'Bearer',
    postern_kind: 'session',
    sub: id,
    username,
    role: 'USER',
    amr: ['pwd'],
    auth_time: seconds(session!.createdAt),
    iat: seconds(session!.createdAt),
    exp: seconds(session!.expiresAt),
    iss: 'http://localhost:4000',
  });
});

test('names both factors of a session, and when the user last confirmed their identity (RFC 8176)', async () => {
  const { client, app, password } = await newTwoFactorUser(postern, 'BEARER');
  const signedInAt = postern.clock.read();
  postern.clock.advance({ minutes: 30 });
  const { data } = await confirmIdentity(client, password, { totpCode: await app.nextCode() });
  const claims = await introspect(data.confirmIdentity!.session!.token!);
  expect(claims).toMatchObject({ amr: ['mfa', 'otp', 'pwd'], auth_time: seconds(postern.clock.read()) });
  expect(claims.iat).toBeLessThanOrEqual(seconds(signedInAt));
});

test('describes an API token, which doesn’t expire, and an access token by their scopes (RFC 7662)', async () => {
  const { client, id, username } = await newUser(postern);
  const common = {
    active: true,
    token_type: 'Bearer',
    sub: id,
    username,
    iat: seconds(postern.clock.read()),
    iss: 'http://localhost:4000',
  };
  expect(await introspect(await newApiToken(client))).toEqual({
    ...common,
    postern_kind: 'api_token',
    scope: 'ACCOUNT_READ EVENTS_READ KEYS_READ KEYS_WRITE USAGE_READ',
  });
  const expiresAt = new Date(postern.clock.read().getTime() + 3_600_000);
  const { token } = await newAccessToken(client, {
    scopes: ['KEYS_READ', 'USAGE_READ'],
    expiresAt: expiresAt.toISOString(),
  });
  expect(await introspect(token)).toEqual({
    ...common,
    postern_kind: 'access_token',
    scope: 'KEYS_READ USAGE_READ',
    exp: seconds(expiresAt),
  });
});

test('compares the address in the form with those of an access token (R-116)', async () => {
  const { client } = await newUser(postern);
  const { token } = await newAccessToken(client, { allowedIps: ['203.0.113.0/24'] });
  expect(await introspect(token, { ip: '203.0.113.9' })).toMatchObject({ active: true });
  expect(await introspect(token, { ip: '198.51.100.7' })).toEqual({ active: false });
  expect(await introspect(token)).toEqual({ active: false });
});

test.each(Object.entries(inactive))('answers only that %s is not active (R-120)', async (_name, make) => {
  const own = await startBeside(postern, { TRUSTED_BROWSER_DAYS: '30' });
  const token = await make(own);
  await own.close();
  postern.statements.forget();
  expect(await introspect(token, { ip: presentingIp })).toEqual({ active: false });
  expect(postern.statements.texts).toHaveLength(2);
});

test('answers that a token is not active after a client of OAuth revoked it (RFC 7009)', async () => {
  const { token } = await newAccessToken((await newUser(postern)).client);
  expect(await introspect(token)).toMatchObject({ active: true });
  const answer = await oauth.revocationRequest(server, { client_id: 'any' }, oauth.None(), token, insecure);
  await oauth.processRevocationResponse(answer);
  expect([await introspect(token), await ownerOf(postern, token)]).toEqual([{ active: false }, null]);
});

test('accepts the token of a service as bearer token, and forbids to store the answer', async () => {
  const token = sessionTokenOf((await newUser(postern)).client);
  const answer = await post(`Bearer ${service.token}`, new URLSearchParams({ token }).toString());
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
  expect(await answer.json()).toMatchObject({ active: true });
});

test('decodes both parts of HTTP Basic like a form (RFC 6749, section 2.3.1)', async () => {
  const encoded = (text: string) => [...text].map((char) => `%${char.charCodeAt(0).toString(16)}`).join('');
  expect((await post(basicOf(encoded(service.username), encoded(service.token)))).status).toBe(200);
  expect((await post(basicOf(service.username.toUpperCase(), service.token))).status).toBe(200);
});

test('records the use of the service’s token, and none of the introspected one', async () => {
  const { client } = await newUser(postern);
  const token = await newApiToken(client);
  const caller = await newService(postern, ['CREDENTIALS']);
  await post(`Bearer ${caller.token}`, new URLSearchParams({ token }).toString());
  await postern.app.dependencies.background.whenIdle();
  const used = await query<{ username: string }>(
    postern.database,
    'select username from api_tokens join accounts on accounts.id = account_id where last_used_at is not null and username in (select username from accounts where id = ? or username = ?)',
    [caller.id, caller.username],
  );
  expect(used).toEqual([{ username: caller.username }]);
  const { data } = await client.send('{ me { apiToken { lastUsedAt } } }');
  expect(data['me'].apiToken.lastUsedAt).toBeNull();
});

const invalid = 'Bearer error="invalid_token"';
const insufficient = 'Bearer error="insufficient_scope"';
const basic = 'Basic realm="Postern", charset="UTF-8"';

test.each<[string, string, () => string | null | Promise<string | null>]>([
  ['no credential', 'Bearer', () => null],
  ['a bearer token that is none', invalid, () => 'Bearer x'],
  ['a session', invalid, async () => `Bearer ${sessionTokenOf((await newUser(postern)).client)}`],
  ['an access token', invalid, async () => `Bearer ${(await newAccessToken((await newUser(postern)).client)).token}`],
  ['the API token of a user', insufficient, async () => `Bearer ${await newApiToken((await newUser(postern)).client)}`],
  ['a service for call keys', insufficient, async () => `Bearer ${(await newService(postern, ['CALL_KEYS'])).token}`],
  ['another scheme', 'Bearer', () => 'Digest username="x"'],
  ['Basic that is not base64', basic, () => 'Basic §'.replace('§', '***')],
  ['Basic without a colon', basic, () => `Basic ${Buffer.from('nothing').toString('base64')}`],
  ['Basic with a malformed encoding', basic, () => basicOf(service.username, '%')],
  ['Basic with another username', basic, async () => basicOf((await newUser(postern)).username, service.token)],
  ['Basic with a wrong token', basic, () => basicOf(service.username, 'pat_wrong')],
  [
    'Basic with a user’s password',
    basic,
    async () => {
      const { username, password } = await newUser(postern);
      return basicOf(username, password);
    },
  ],
  [
    'Basic with a service for call keys',
    basic,
    async () => {
      const gateway = await newService(postern, ['CALL_KEYS']);
      return basicOf(gateway.username, gateway.token);
    },
  ],
])('answers 401 to %s, with %s (R-120)', async (_name, challenge, makeAuthorization) => {
  const token = sessionTokenOf((await newUser(postern)).client);
  const answer = await post(await makeAuthorization(), new URLSearchParams({ token }).toString());
  expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, challenge]);
  expect(await answer.json()).toEqual({
    error: 'invalid_client',
    errors: [{ message: 'Sign in to continue.', extensions: { code: 'UNAUTHENTICATED' } }],
  });
});

test('accepts no session cookie instead of a credential', async () => {
  const { client } = await newUser(postern);
  const cookie = `postern_session=${sessionTokenOf(client)}`;
  const answer = await fetch(`${postern.url}/oauth/introspect`, {
    method: 'POST',
    headers: { 'content-type': form, cookie },
    body: 'token=x',
  });
  expect(answer.status).toBe(401);
});

test('accepts HTTP Basic nowhere else (R-59)', async () => {
  const headers = { authorization: basicOf(service.username, service.token), 'content-type': 'application/json' };
  const answer = await fetch(`${postern.url}/graphql`, { method: 'POST', headers, body: '{"query":"{ me { id } }"}' });
  expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
});

test('names the error of a bad token at every endpoint that accepts tokens (RFC 6750)', async () => {
  const headers = { authorization: 'Bearer pat_wrong', 'content-type': 'application/json' };
  const answer = await fetch(`${postern.url}/graphql`, { method: 'POST', headers, body: '{"query":"{ me { id } }"}' });
  expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, invalid]);
  expect(await answer.text()).not.toContain('invalid_token');
});

test.each([
  ['no token', '', form],
  ['an empty token', 'token=', form],
  ['two tokens', 'token=a&token=b', form],
  ['two addresses', 'token=a&ip=::1&ip=::2', form],
  ['JSON', '{"token":"x"}', 'application/json'],
  ['plain text', 'token=x', 'text/plain'],
])('answers 400 to a body with %s', async (_name, body, contentType) => {
  const answer = await post(`Bearer ${service.token}`, body, contentType);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({
    error: 'invalid_request',
    errors: [{ extensions: { code: 'BAD_REQUEST' } }],
  });
});

test('logs neither tokens nor usernames', async () => {
  const { client, username } = await newUser(postern);
  const token = sessionTokenOf(client);
  await introspect(token);
  await post(`Bearer ${service.token}x`, new URLSearchParams({ token }).toString());
  const log = postern.log.join('\n');
  for (const secret of [token, service.token, username]) expect(log).not.toContain(secret);
});

test('reads what ended at another process with the next request (R-120)', async () => {
  const other = await startBeside(postern, {});
  const user = await newUser(postern, 'BEARER');
  const token = sessionTokenOf(user.client);
  const ask = async () =>
    (await post(`Bearer ${service.token}`, new URLSearchParams({ token }).toString(), form, other.url)).json();
  expect(await ask()).toMatchObject({ active: true });
  await (await signIn(postern, user)).send('mutation { revokeOtherSessions { revokedCount } }');
  expect(await ask()).toEqual({ active: false });
  await query(postern.database, "update accounts set service_scopes = '{CALL_KEYS}' where id = ?", [service.id]);
  expect((await post(`Bearer ${service.token}`, 'token=x', form, other.url)).status).toBe(401);
  await query(postern.database, "update accounts set service_scopes = '{CREDENTIALS}' where id = ?", [service.id]);
  await other.close();
});

test('describes an identity token while its session lives, and no longer (R-120)', async () => {
  const own = await startBeside(postern, { IDENTITY_AUDIENCES: identityAudiences });
  const user = await newUser(own, 'BEARER');
  const token = await newIdentityToken(user.client);
  const ask = async (text = token, url = own.url) =>
    (await post(`Bearer ${service.token}`, new URLSearchParams({ token: text }).toString(), form, url)).json();
  const at = seconds(postern.clock.read());
  const claims = {
    active: true,
    token_type: 'Bearer',
    postern_kind: 'identity_token',
    sub: user.id,
    username: user.username,
    aud: 'console',
    role: 'USER',
    amr: ['pwd'],
    auth_time: at,
    iat: at,
    exp: at + 300,
    iss: 'http://localhost:4000',
  };
  expect(await ask()).toEqual(claims);
  const [head, body, signature] = token.split('.') as [string, string, string];
  expect(await ask(`${head}.${body}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`)).toEqual({
    active: false,
  });
  expect(await ask(token, postern.url)).toEqual({ active: false });
  expect((await service.client.send(`{ verifyCredential(credential: "${token}") { active } }`)).data).toEqual({
    verifyCredential: { active: false },
  });
  await (await signIn(own, user)).send('mutation { revokeOtherSessions { revokedCount } }');
  expect(await ask()).toEqual({ active: false });
  const other = await newIdentityToken((await newUser(own, 'BEARER')).client);
  postern.clock.advance({ minutes: 6 });
  expect(await ask(other)).toEqual({ active: false });
  await own.close();
});
