import type { Load } from './load.ts';

/** The hot read. */
export const me: Load = {
  title: 'me { id username role } by a bearer session',
  connections: 32,
  requests: 12_000,
  warmUp: 24_000,
  headers: ({ token }) => ({ authorization: `Bearer ${token}` }),
  body: () => ({ query: '{ me { id username role } }' }),
  expected: /^\{"data":\{"me":\{"id":"[^"]+","username":"bench-person-\d+","role":"USER"\}\}\}\n?$/,
};

/** The same session, as a proxy asks for it. */
export const forwardAuth: Load = {
  ...me,
  title: '/auth/verify by a bearer session',
  path: '/auth/verify',
  expected: /^$/,
};

/**
 * A sign-in, with a different user on each connection. There are twice as many connections as concurrent hashes, so
 * hashing never waits for requests.
 */
export const login: Load = {
  title: 'login with a right password',
  connections: 8,
  requests: 40,
  warmUp: 160,
  headers: () => ({}),
  body: ({ username, password }) => ({
    query: 'mutation ($input: LoginInput!) { login(input: $input) { session { token } userErrors { code } } }',
    variables: { input: { login: username, password, delivery: 'BEARER' } },
  }),
  expected: /^\{"data":\{"login":\{"session":\{"token":(true|"pss_\w+")/,
};
