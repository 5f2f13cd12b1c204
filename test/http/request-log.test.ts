import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newAccessToken, programWith } from '../support/access-tokens.js';
import { query } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { exportAs } from '../support/exports.js';
import { newService } from '../support/services.js';
import { startBeside } from '../support/start-beside.js';
import { newUser, newUsername, type TestUser } from '../support/users.js';
import { startPostern, type TestPostern } from '../support/postern.js';
import { sendRaw } from './send-raw.js';

type Line = Record<string, unknown>;

let postern: TestPostern;
let user: TestUser;
beforeAll(async () => {
  postern = await startPostern();
  user = await newUser(postern, 'BEARER');
});
afterAll(() => postern.close());

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;
const json = { 'content-type': 'application/json' };

const linesOf = (requestId: unknown): Line[] =>
  postern.log.map((line) => JSON.parse(line) as Line).filter((line) => line['requestId'] === requestId);

/** The line of a request, which is written when its response is complete. */
async function lineOf(requestId: unknown): Promise<Line> {
  const find = () => linesOf(requestId).find(({ msg }) => msg === 'request');
  await eventually(() => find() !== undefined, `a line for ${String(requestId)}`);
  return find()!;
}

const lineOfAnswer = ({ headers }: { readonly headers: Headers }) => lineOf(headers.get('x-request-id'));

const post = (url: string, headers: Record<string, string> = {}, document = '{ me { id } }') =>
  sendRaw(`${url}/graphql`, 'POST', { ...json, ...headers }, JSON.stringify({ query: document }));

test('logs one line for a request, with its operation, outcome, user and statements (R-139)', async () => {
  const answer = await user.client.send('query Mine { me { id } }');
  const line = await lineOfAnswer(answer);
  expect(line).toEqual({
    level: 30,
    time: expect.any(Number),
    pid: expect.any(Number),
    hostname: expect.any(String),
    requestId: answer.headers.get('x-request-id'),
    method: 'POST',
    route: '/graphql',
    operation: 'me',
    status: 200,
    outcome: 'OK',
    ms: expect.any(Number),
    statements: 1,
    userId: user.id,
    credential: 'SESSION',
    address: '127.0.0.0/24',
    msg: 'request',
  });
  expect(linesOf(line['requestId']).filter(({ msg }) => msg === 'request')).toHaveLength(1);
});

test.each([
  ['the name of an operation of the web app', 'query MyProfile { me { id } }', 'MyProfile'],
  ['the root field of an operation with another name', 'query Secret_4711 { me { id } }', 'me'],
  ['the root field in a fragment', 'query A { ...B } fragment B on Query { me { id } }', 'me'],
  ['the field, not its alias', '{ Secret_4711: me { id } }', 'me'],
  ['other for several root fields', '{ me { id } node(id: "x") { id } }', 'other'],
  ['other for an operation that is not valid', 'query Secret_4711 { me { nothing } }', 'other'],
])('logs as operation %s (R-139)', async (_case, document, operation) => {
  const line = await lineOfAnswer(await user.client.send(document));
  expect(line).toMatchObject({ operation });
  expect(JSON.stringify(line)).not.toContain('Secret_4711');
});

test('logs the credential of a request and its user by ID', async () => {
  const { token } = await newAccessToken(user.client);
  const service = await newService(postern, ['CALL_KEYS']);
  const asked = async (client: TestUser['client']) => lineOfAnswer(await client.send('{ me { id } }'));
  expect(await asked(user.client)).toMatchObject({ credential: 'SESSION', userId: user.id });
  expect(await asked(programWith(postern, token))).toMatchObject({ credential: 'ACCESS_TOKEN', userId: user.id });
  expect(await asked(service.client)).toMatchObject({ credential: 'SERVICE', userId: expect.stringMatching(/^user_/) });
  const anonymous = await asked(postern.client());
  expect(anonymous).toMatchObject({ credential: 'NONE', outcome: 'OK', statements: 0 });
  expect(anonymous).not.toHaveProperty('userId');
});

test('logs refusals with the codes of their user errors, and top-level errors with theirs', async () => {
  const client = postern.client();
  const refused = await client.send('mutation ($input: LoginInput!) { login(input: $input) { userErrors { code } } }', {
    input: { login: newUsername(), password: 'Wrong-Harbour-72' },
  });
  expect(await lineOfAnswer(refused)).toMatchObject({
    level: 30,
    operation: 'login',
    outcome: 'REFUSED',
    userErrors: ['INVALID_CREDENTIALS'],
  });
  const unknown = await programWith(postern, 'ps_unknown').send('{ me { id } }');
  expect(await lineOfAnswer(unknown)).toMatchObject({ level: 30, status: 401, outcome: 'UNAUTHENTICATED' });
  const forbidden = await user.client.send('{ factorAdoption { role } }');
  expect(await lineOfAnswer(forbidden)).toMatchObject({ level: 40, outcome: 'FORBIDDEN', userId: user.id });
  const invalid = await user.client.send('{ nothing }');
  expect(await lineOfAnswer(invalid)).toMatchObject({ level: 30, outcome: 'GRAPHQL_VALIDATION_FAILED' });
  const nowhere = await sendRaw(`${postern.url}/no/such/path`, 'GET', {});
  expect(await lineOf(nowhere.headers['x-request-id'])).toMatchObject({ outcome: 'NOT_FOUND', operation: 'other' });
});

test('logs a fault as an error, and its request and trace in the other lines and the response', async () => {
  await query(postern.database, 'alter table api_tokens rename to api_tokens_elsewhere');
  try {
    const answer = await user.client.post(
      JSON.stringify({ query: 'mutation { resetApiToken { token userErrors { code } } }' }),
      { traceparent },
    );
    expect(answer.errors[0]?.extensions).toEqual({
      code: 'INTERNAL_SERVER_ERROR',
      requestId: answer.headers.get('x-request-id'),
      traceId,
    });
    expect(await lineOfAnswer(answer)).toMatchObject({ level: 50, outcome: 'INTERNAL_SERVER_ERROR', traceId });
    expect(linesOf(answer.headers.get('x-request-id'))).toContainEqual(
      expect.objectContaining({ msg: 'unexpected error', traceId }),
    );
  } finally {
    await query(postern.database, 'alter table api_tokens_elsewhere rename to api_tokens');
  }
});

test('continues the trace of a client, and ignores a malformed traceparent', async () => {
  const traced = await post(postern.url, { traceparent });
  const requestId = String(traced.headers['x-request-id']);
  expect(traced.headers['traceresponse']).toBe(`00-${traceId}-${requestId.replaceAll('-', '').slice(16)}-01`);
  expect(await lineOf(requestId)).toMatchObject({ traceId });
  for (const malformed of [
    'x',
    traceparent.toUpperCase(),
    `${traceparent}-more`,
    `ff${traceparent.slice(2)}`,
    `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
    `00-${traceId}-${'0'.repeat(16)}-01`,
    `${traceparent}, ${traceparent}`,
  ]) {
    const answer = await post(postern.url, { traceparent: malformed });
    expect([malformed, answer.status, answer.headers['traceresponse']]).toEqual([malformed, 200, undefined]);
    expect(await lineOf(answer.headers['x-request-id'])).not.toHaveProperty('traceId');
  }
  expect((await post(postern.url, { traceparent: `01${traceparent.slice(2)}-more` })).headers).toHaveProperty(
    'traceresponse',
  );
});

test.each([
  ['off', undefined],
  ['truncated', '203.0.113.0/24'],
  ['full', '203.0.113.7'],
])('logs addresses as POSTERN_LOG_ADDRESS=%s says (R-139)', async (setting, address) => {
  const beside = await startBeside(postern, { LOG_ADDRESS: setting, TRUSTED_PROXIES: '127.0.0.1' });
  const answer = await post(beside.url, { 'x-forwarded-for': '203.0.113.7' });
  expect((await lineOf(answer.headers['x-request-id']))['address']).toBe(address);
  await beside.close();
});

test('logs only the share POSTERN_LOG_SAMPLE of successful requests, and every other one', async () => {
  const beside = await startBeside(postern, { LOG_SAMPLE: '0' });
  const answer = await post(beside.url);
  const invalid = await post(beside.url, {}, '{ nothing }');
  await lineOf(invalid.headers['x-request-id']);
  expect(linesOf(answer.headers['x-request-id']).filter(({ msg }) => msg === 'request')).toEqual([]);
  await beside.close();
});

test('logs successful pages and health checks at level debug only', async () => {
  const { headers } = await sendRaw(`${postern.url}/livez`, 'GET', {});
  expect(await lineOf(headers['x-request-id'])).toMatchObject({ level: 20, operation: '/livez' });
});

test('logs an export at level info, although it is read with GET', async () => {
  const file = await exportAs(user.client, 'usage?format=csv');
  expect(await lineOfAnswer(file)).toMatchObject({
    level: 30,
    operation: '/export/usage',
    userId: user.id,
    outcome: 'OK',
  });
});

test('logs a request whose client left before the response', async () => {
  const { port } = new URL(postern.url);
  const before = postern.log.length;
  const body = JSON.stringify({ query: '{ me { id } }' });
  const socket = connect(Number(port), '127.0.0.1');
  socket.write(
    `POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n${body}`,
  );
  await eventually(() => socket.bytesWritten > 0, 'the request is sent');
  socket.end();
  await eventually(
    () => postern.log.slice(before).some((line) => line.includes('"msg":"request"')),
    'a line for the request',
  );
  socket.destroy();
});

test('logs names of statements and their times at level debug, and no value (R-139)', async () => {
  const answer = await user.client.send('{ me { id } }');
  await lineOfAnswer(answer);
  expect(linesOf(answer.headers.get('x-request-id'))).toContainEqual(
    expect.objectContaining({ level: 20, msg: 'statement', statement: expect.any(String), ms: expect.any(Number) }),
  );
});
