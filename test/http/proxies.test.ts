import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { cookiesOf, forwardAuthSettings, verifyAccess } from '../support/forward-auth.js';
import { startPostern, type TestPostern } from '../support/postern.js';
import { newUser } from '../support/users.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern(forwardAuthSettings);
});
afterAll(() => postern.close());

/** The requests that proxies send for `POST http://console.example.test/things/7?x=1`, by their documentation. */
const proxies = {
  'nginx (auth_request)': {
    headers: {
      host: 'account.example.test',
      connection: 'close',
      'x-original-url': 'http://console.example.test/things/7?x=1',
      'x-original-method': 'POST',
      'content-type': 'application/json',
    },
  },
  'Caddy (forward_auth)': {
    headers: {
      host: 'console.example.test',
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-host': 'console.example.test',
      'x-forwarded-method': 'POST',
      'x-forwarded-proto': 'http',
      'x-forwarded-uri': '/things/7?x=1',
    },
  },
  'Traefik (ForwardAuth)': {
    headers: {
      host: 'account.example.test',
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-host': 'console.example.test',
      'x-forwarded-method': 'POST',
      'x-forwarded-port': '80',
      'x-forwarded-proto': 'http',
      'x-forwarded-server': 'traefik',
      'x-forwarded-uri': '/things/7?x=1',
      'x-real-ip': '203.0.113.9',
      'accept-encoding': 'gzip',
    },
  },
  // With `path_prefix: /auth/verify` and the headers that its `headers_to_add` and `allowed_headers` pass.
  'Envoy (ext_authz over HTTP)': {
    method: 'POST',
    path: '/things/7',
    headers: {
      host: 'console.example.test',
      'x-envoy-internal': 'true',
      'x-envoy-expected-rq-timeout-ms': '200',
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': 'console.example.test',
      'x-forwarded-uri': '/things/7?x=1',
      'content-length': '0',
    },
  },
} as const;

test.each(Object.entries(proxies))(
  'answers %s with the user, or where to sign in and return',
  async (_name, request) => {
    const { client, id } = await newUser(postern);
    const anonymous = await verifyAccess(postern, request);
    expect([
      anonymous.status,
      new URL(anonymous.headers['x-postern-sign-in'] as string).searchParams.get('return_to'),
    ]).toEqual([401, 'http://console.example.test/things/7?x=1']);
    const headers = { ...request.headers, ...cookiesOf(client, 'postern_gate') };
    const answer = await verifyAccess(postern, { ...request, headers });
    expect([answer.status, answer.headers['x-postern-user']]).toEqual([204, id]);
  },
);
