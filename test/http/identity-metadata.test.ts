import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as oauth from 'oauth4webapi';
import { identityAudiences, newIdentityToken } from '../support/identity-tokens.js';
import { startPostern, type TestPostern } from '../support/postern.js';
import { newUser } from '../support/users.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern({ IDENTITY_AUDIENCES: identityAudiences, PUBLIC_URL: 'https://account.example.org/' });
});
afterAll(() => postern.close());

/** Sends what a client sends to the public address to the server of the test. */
const atServer = (url: string, { body: _, ...options }: oauth.CustomFetchOptions<string, unknown>) => {
  const { pathname, search } = new URL(url);
  return fetch(new URL(pathname + search, postern.url), options as RequestInit);
};
const withServer = { [oauth.customFetch]: atServer };

const issuer = new URL('https://account.example.org');

test('is discovered by an OAuth client at the issuer, which has no slash at its end (RFC 8414)', async () => {
  const answer = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...withServer });
  const server = await oauth.processDiscoveryResponse(new URL('https://account.example.org'), answer).catch(() => null);
  const { headers, body } = await get('/.well-known/oauth-authorization-server');
  expect(headers.get('content-type')).toMatch(/^application\/json/);
  expect(body).toEqual({
    issuer: 'https://account.example.org',
    jwks_uri: 'https://account.example.org/.well-known/jwks.json',
    introspection_endpoint: 'https://account.example.org/oauth/introspect',
    introspection_endpoint_auth_methods_supported: ['client_secret_basic', 'Bearer'],
    revocation_endpoint: 'https://account.example.org/oauth/revoke',
    response_types_supported: [],
    grant_types_supported: [],
  });
  expect(server).toEqual(body);
});

test('gives an OAuth client the keys that verify an access token by RFC 9068', async () => {
  const { client } = await newUser(postern, 'BEARER');
  const token = await newIdentityToken(client, 'billing');
  const server: oauth.AuthorizationServer = {
    issuer: 'https://account.example.org',
    jwks_uri: 'https://account.example.org/.well-known/jwks.json',
  };
  const request = new Request('https://billing.example.org/', { headers: { authorization: `Bearer ${token}` } });
  const skew = Math.round((postern.clock.read().getTime() - Date.now()) / 1_000);
  const verify = (audience: string) =>
    oauth.validateJwtAccessToken(server, request, audience, { [oauth.clockSkew]: skew, ...withServer });
  expect(await verify('billing')).toMatchObject({ aud: 'billing', client_id: 'postern' });
  await expect(verify('console')).rejects.toThrow();
});

test('lets services keep the keys for 5 minutes (R-122)', async () => {
  const { headers, body } = await get('/.well-known/jwks.json');
  expect(headers.get('cache-control')).toBe('max-age=300');
  expect(headers.get('content-type')).toMatch(/^application\/jwk-set\+json/);
  expect(headers.get('set-cookie')).toBeNull();
  expect(Object.keys(body['keys']![0]!).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
});

async function get(path: string) {
  const answer = await fetch(new URL(path, postern.url));
  return { headers: answer.headers, body: (await answer.json()) as Record<string, Record<string, unknown>[]> };
}
