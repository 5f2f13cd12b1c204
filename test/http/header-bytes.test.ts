import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { query } from '../support/database.js';
import { newUser, type TestUser } from '../support/users.js';
import { startPostern, type TestPostern } from '../support/postern.js';
import { sendBytes } from './send-bytes.js';

const own = 'http://localhost:4000';
const body = JSON.stringify({ query: 'mutation { logout { userErrors { code } } }' });
const size = `content-length: ${body.length}`;
const json = 'content-type: application/json';

let postern: TestPostern;
let user: TestUser;
let host: string;
let cookie: string;
let untouched: unknown;
beforeAll(async () => {
  postern = await startPostern();
  user = await newUser(postern);
  host = `host: ${new URL(postern.url).host}`;
  cookie = `cookie: ${[...user.client.cookies].map(([name, value]) => `${name}=${value}`).join('; ')}`;
});
afterAll(() => postern.close());

const state = async () => ({
  sessions: await query(postern.database, 'select * from sessions order by id'),
  events: await query(postern.database, 'select * from security_events order by id'),
});
beforeEach(async () => {
  untouched = await state();
});

const read = JSON.stringify({ query: '{ me { username } }' });
const post = (...lines: string[]) => sendBytes(postern.url, 'POST /graphql', lines, body);

test.each([
  'application/json\xa0',
  '\xa0application/json',
  'application/json\x0c',
  'application/json\xa0; charset=utf-8',
  'application/json;\xa0charset=utf-8',
  'application/json; charset=utf-8\xa0',
  'application/json; charset=\xa0utf-8',
  'application/json; charset = utf-8',
  'application/json; charset="utf-8',
  'application/json; charset=utf-8"',
  'application/json; text/plain',
  'application/json; =',
  'application/json; charset=utf-8 text/plain',
  'application/json; charset=utf-8; boundary=x',
  'application/json; charset=utf-8, text/plain',
  'application/json ,text/plain',
  'application /json',
  'application/json/x',
])('rejects a POST with the content type %j, and executes nothing (R-82)', async (type) => {
  const answer = await post(host, cookie, `origin: ${own}`, size, `content-type: ${type}`);
  expect(answer).toMatch(/^HTTP\/1\.1 4(00|15) /);
  expect(answer).not.toMatch(/"data"|set-cookie/i);
  expect(await state()).toEqual(untouched);
});

test.each<[string, () => string[]]>([
  ['two content types', () => [host, cookie, `origin: ${own}`, json, 'content-type: text/plain']],
  ['two equal content types', () => [host, cookie, `origin: ${own}`, json, 'Content-Type: application/json']],
  ['two Host headers', () => [host, 'Host: evil.example', cookie, `origin: ${own}`, json]],
  ['two Origin headers', () => [host, cookie, json, `origin: ${own}`, 'origin: https://evil.example']],
  [
    'two Sec-Fetch-Site headers',
    () => [host, cookie, json, 'sec-fetch-site: same-origin', 'sec-fetch-site: cross-site'],
  ],
  [
    'two Authorization headers',
    () => [host, cookie, json, 'authorization: Bearer pss_a', 'authorization: Bearer pss_b'],
  ],
  ['two different sizes', () => [host, cookie, `origin: ${own}`, json, 'content-length: 1']],
  ['a size and a transfer encoding', () => [host, cookie, `origin: ${own}`, json, 'transfer-encoding: chunked']],
])('rejects a request with %s with status 400, and executes nothing (R-82)', async (_what, lines) => {
  const answer = await post(...lines(), size);
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(answer).not.toMatch(/"data"|set-cookie/i);
  expect(await state()).toEqual(untouched);
});

test('rejects two Host headers for pages of this machine with status 400 (R-95)', async () => {
  for (const path of ['/metrics', '/dev/mail']) {
    expect(await sendBytes(postern.url, `GET ${path}`, ['host: localhost'])).toMatch(/^HTTP\/1\.1 200 /);
    expect(await sendBytes(postern.url, `GET ${path}`, ['host: localhost', 'host: evil.example'])).toMatch(
      /^HTTP\/1\.1 400 /,
    );
  }
});

test('ignores a cookie whose name only looks like that of the session (R-53)', async () => {
  const [[name, value] = []] = user.client.cookies;
  for (const near of [`\xa0${name}`, `${name}\xa0`, `${name!.toUpperCase()}`, `x ${name}`]) {
    const lines = [host, `cookie: ${near}=${value}`, `origin: ${own}`, `content-length: ${read.length}`, json];
    expect(await sendBytes(postern.url, 'POST /graphql', lines, read)).toContain('{"data":{"me":null}}');
  }
});

test('reads languages from several Accept-Language headers as from one (R-59)', async () => {
  const answer = await post(
    host,
    'authorization: Bearer wrong',
    'accept-language: fr',
    'accept-language: zh',
    size,
    json,
  );
  expect(Buffer.from(answer, 'latin1').toString()).toContain('请先登录');
});

test.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON \t;\tCharset="UTF-8"'])(
  'executes a POST with the exact bytes of the content type %j (R-82)',
  async (type) => {
    const lines = [host, cookie, `origin: ${own}`, `content-length: ${read.length}`, `content-type: ${type}\t `];
    expect(await sendBytes(postern.url, 'POST /graphql', lines, read)).toContain(user.username);
  },
);
