import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { query } from '../support/database.js';
import { newUser, type TestUser } from '../support/users.js';
import { startPostern, type TestPostern } from '../support/postern.js';
import { sendRaw } from './send-raw.js';

let postern: TestPostern;
let user: TestUser;
let headers: Record<string, string>;
let untouched: unknown;
const mutation = 'mutation { logout { userErrors { code } } }';
const json = JSON.stringify({ query: mutation });
const form = `query=${encodeURIComponent(mutation)}`;

const state = async () => ({
  sessions: await query(postern.database, 'select * from sessions order by id'),
  events: await query(postern.database, 'select * from security_events order by id'),
});

beforeAll(async () => {
  postern = await startPostern();
  user = await newUser(postern);
  const [[name, value] = []] = user.client.cookies;
  headers = { cookie: `${name}=${value}`, origin: 'http://localhost:4000' };
});
afterAll(() => postern.close());
beforeEach(async () => {
  untouched = await state();
});

test.each([
  ['text/plain', json],
  ['text/plain;charset=UTF-8', json],
  ['application/x-www-form-urlencoded', form],
  [
    'multipart/form-data; boundary=b',
    `--b\r\ncontent-disposition: form-data; name="operations"\r\n\r\n${json}\r\n--b--`,
  ],
  ['application/graphql', mutation],
  ['application/graphql+json', json],
  ['application/jsonp', json],
  ['application/x-json', json],
  ['text/json', json],
  ['application/json; charset=utf-16', json],
  ['application/json; charset=latin1', json],
  ['application/json; charset=utf-7', json],
  ['application/json, text/plain', json],
  ['text/plain; application/json', json],
  ['application/json; boundary=x', json],
  ['', json],
  ['json', json],
  ['/', json],
  [undefined, json],
])('rejects a POST with the content type %p, and executes nothing (R-82)', async (type, body) => {
  const answer = await sendRaw(
    `${postern.url}/graphql`,
    'POST',
    { ...headers, ...(type === undefined ? {} : { 'content-type': type }) },
    body,
  );
  expect(answer.status).toBe(415);
  expect(answer.headers['set-cookie']).toBeUndefined();
  expect(await state()).toEqual(untouched);
});

test.each(['GET', 'PUT', 'DELETE', 'PATCH', 'TRACE', 'HEAD'])(
  'responds with 405 to %s with any body, and executes nothing (R-82)',
  async (method) => {
    for (const [type, body] of [
      ['application/json', json],
      ['application/json', ''],
      ['text/plain', json],
      ['application/x-www-form-urlencoded', form],
    ] as const) {
      for (const address of ['/graphql', `/graphql?${form}`]) {
        const answer = await sendRaw(
          postern.url + address,
          method,
          { ...headers, 'content-type': type, 'apollo-require-preflight': '1' },
          body,
        );
        expect(answer).toMatchObject({ status: 405, headers: { allow: 'POST' } });
      }
    }
    expect(await state()).toEqual(untouched);
  },
);

test.each(['{ __typename }', mutation])(
  'executes no document in the URL of a GET, whatever the Accept header: %s (R-82)',
  async (document) => {
    for (const accept of [
      '*/*',
      'application/json',
      'application/json, text/html;q=0.5',
      'text/html',
      'application/graphql-response+json, text/html',
    ]) {
      const answer = await sendRaw(`${postern.url}/graphql?query=${encodeURIComponent(document)}`, 'GET', {
        ...headers,
        accept,
        'apollo-require-preflight': '1',
      });
      expect(answer.text).not.toContain('"data"');
      expect(answer.status === 405 || answer.headers['content-type'] === 'text/html').toBe(true);
    }
    expect(await state()).toEqual(untouched);
  },
);

test.each([
  ['en', 'Send GraphQL requests as POST.'],
  ['zh', '请以 POST 方式发送 GraphQL 请求。'],
])('tells clients that send queries by GET to send them as POST, in the language %s', async (language, message) => {
  const answer = await sendRaw(`${postern.url}/graphql?query=${encodeURIComponent('{ me { id } }')}`, 'GET', {
    accept: 'application/graphql-response+json, application/json',
    'accept-language': language,
  });
  expect([answer.status, JSON.parse(answer.text)]).toEqual([
    405,
    { errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] },
  ]);
});

test('ignores headers and parameters that override the HTTP method (R-82)', async () => {
  const answer = await sendRaw(
    `${postern.url}/graphql?_method=POST`,
    'GET',
    { ...headers, 'content-type': 'application/json', 'x-http-method-override': 'POST', 'x-method-override': 'POST' },
    json,
  );
  expect(answer.status).toBe(405);
  expect(await state()).toEqual(untouched);
});

test.each([
  ['one entry', `[${json}]`],
  ['two entries', `[${json},${json}]`],
  ['no entry', '[]'],
  ['an array in an array', `[[${json}]]`],
])('rejects a JSON array of %s with 400, and executes nothing (R-79)', async (_what, body) => {
  const answer = await sendRaw(
    `${postern.url}/graphql`,
    'POST',
    { ...headers, 'content-type': 'application/json' },
    body,
  );
  expect(answer.status).toBe(400);
  expect(answer.text).not.toContain('"data"');
  expect(await state()).toEqual(untouched);
});

test.each([
  ['nothing', ''],
  ['half of an object', json.slice(0, -1)],
  ['a string', JSON.stringify(mutation)],
  ['null', 'null'],
  ['a number', '1'],
  ['an object without a query', '{}'],
  ['a query that is no string', '{"query":["mutation { logout { userErrors { code } } }"]}'],
  ['variables that are a string', JSON.stringify({ query: mutation, variables: '{}' })],
  ['the key __proto__', `{"query":${JSON.stringify(mutation)},"__proto__":{"admin":true}}`],
  ['the key constructor.prototype', `{"query":${JSON.stringify(mutation)},"constructor":{"prototype":{"admin":true}}}`],
  ['more than 64 KiB', JSON.stringify({ query: mutation, variables: { filler: 'x'.repeat(65_536) } })],
])('rejects a body of %s with 4xx, and executes nothing (R-82)', async (_what, body) => {
  const answer = await sendRaw(
    `${postern.url}/graphql`,
    'POST',
    { ...headers, 'content-type': 'application/json' },
    body,
  );
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  expect(answer.text).not.toContain('"data"');
  expect(({} as { admin?: boolean }).admin).toBeUndefined();
  expect(await state()).toEqual(untouched);
});

test('rejects a body with bytes that are no UTF-8, since different passwords would be equal (R-2)', async () => {
  const body = Buffer.concat([Buffer.from('{"query":"{ __typename }","x":"'), Buffer.from([0xff]), Buffer.from('"}')]);
  const type = { ...headers, 'content-type': 'application/json' };
  const response = await fetch(`${postern.url}/graphql`, { method: 'POST', headers: type, body });
  expect(response.status).toBe(400);
  expect(await response.text()).toContain('BAD_REQUEST');
});

test.each([
  'application/json',
  'application/json; charset=utf-8',
  'application/json;charset="UTF-8"',
  'APPLICATION/JSON',
])('executes a POST with the content type %p (R-82)', async (type) => {
  const answer = await sendRaw(
    `${postern.url}/graphql`,
    'POST',
    { ...headers, 'content-type': type },
    '{"query":"{ me { username } }"}',
  );
  expect(answer).toMatchObject({ status: 200, text: expect.stringContaining(user.username) });
});
