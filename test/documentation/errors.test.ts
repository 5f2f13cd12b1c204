import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Answer, Client } from '../support/client.js';
import { newUser } from '../support/users.js';
import { startPostern, type TestPostern } from '../support/postern.js';

/** On the embedded database. */
let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

/** The documented HTTP statuses of a code. */
const statusesOf = (code: string): string =>
  new RegExp(`^\\| \`${code}\` \\| ([^|]+) \\|`, 'm').exec(readFileSync('docs/errors.md', 'utf8'))?.[1] ?? '';

const withToken = (client: Client, token: string): Client => Object.assign(client, { token });

type Send = () => Promise<Pick<Answer<unknown>, 'status' | 'errors'>>;

async function fetchPath(path: string, init: RequestInit): ReturnType<Send> {
  const response = await fetch(`${postern.url}${path}`, init);
  const { errors } = (await response.json()) as Pick<Answer<unknown>, 'errors'>;
  return { status: response.status, errors };
}

const cases: readonly (readonly [code: string, status: number, name: string, send: Send])[] = [
  ['UNAUTHENTICATED', 200, 'no credential', () => postern.client().send('mutation { resetApiToken { token } }')],
  ['UNAUTHENTICATED', 401, 'an unknown token', () => withToken(postern.client(), 'pss_none').send('{ me { id } }')],
  [
    'FORBIDDEN',
    200,
    'a role that is too low',
    async () => (await newUser(postern)).client.send('{ users { totalCount } }'),
  ],
  [
    'FORBIDDEN',
    403,
    'a cookie from another site',
    async () => (await newUser(postern)).client.post('{}', { origin: 'https://evil.example' }),
  ],
  ['BAD_REQUEST', 400, 'a body that is not JSON', () => postern.client().post('{')],
  ['BAD_REQUEST', 405, 'another method', () => fetchPath('/graphql', { method: 'PUT' })],
  [
    'BAD_REQUEST',
    413,
    'a body that is too large',
    () => postern.client().post(JSON.stringify({ query: ' '.repeat(200_000) })),
  ],
  ['BAD_REQUEST', 415, 'another content type', () => postern.client().post('{}', { 'content-type': 'text/plain' })],
  ['GRAPHQL_PARSE_FAILED', 400, 'a syntax error', () => postern.client().send('{')],
  ['GRAPHQL_VALIDATION_FAILED', 400, 'an unknown field', () => postern.client().send('{ nothing }')],
  [
    'BAD_USER_INPUT',
    400,
    'a variable of another type',
    () =>
      postern.client().send('query ($first: Int) { me { callKeys(first: $first) { totalCount } } }', { first: 'x' }),
  ],
  [
    'BAD_USER_INPUT',
    200,
    'a page that is too large',
    async () => (await newUser(postern)).client.send('{ me { callKeys(first: 101) { totalCount } } }'),
  ],
  [
    'OPERATION_RESOLUTION_FAILURE',
    400,
    'several operations without a name',
    () => postern.client().send('query A { me { id } } query B { me { id } }'),
  ],
  ['NOT_FOUND', 404, 'another address', () => fetchPath('/nothing', { method: 'POST' })],
];

test.each(cases)('%s has the documented status %d for %s', async (code, status, _name, send) => {
  const answer = await send();
  expect(answer).toMatchObject({ status, errors: [{ extensions: { code } }] });
  expect(statusesOf(code)).toContain(String(status));
});
