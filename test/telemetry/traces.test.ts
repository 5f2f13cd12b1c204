import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { sendRaw } from '../http/send-raw.js';
import { query } from '../support/database.js';
import { OtlpReceiver, type ReceivedSpan } from '../support/otlp-receiver.js';
import { startBeside } from '../support/start-beside.js';
import { startPostern, type TestPostern } from '../support/postern.js';
import { newUser, newUsername, type TestUser } from '../support/users.js';

let untraced: TestPostern;
let user: TestUser;
let receiver: OtlpReceiver;
let postern: TestPostern;
beforeAll(async () => {
  untraced = await startPostern();
  user = await newUser(untraced, 'BEARER');
});
beforeEach(async () => {
  receiver = await OtlpReceiver.start();
});
afterEach(() => receiver.close());
afterAll(() => untraced.close());

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;
const LOGIN = 'mutation ($input: LoginInput!) { login(input: $input) { userErrors { code } } }';

/** Does something with a traced server, and returns the spans that it has sent when it has stopped. */
async function trace(
  work: (url: string) => Promise<unknown>,
  settings: Record<string, string> = {},
): Promise<ReceivedSpan[]> {
  postern = await startBeside(untraced, { ...receiver.settings, ...settings });
  try {
    await work(postern.url);
  } finally {
    await postern.close();
  }
  return receiver.spans;
}

const post = (url: string, document: string, variables = {}, headers: Record<string, string> = {}) =>
  sendRaw(
    `${url}/graphql`,
    'POST',
    { 'content-type': 'application/json', authorization: `Bearer ${user.client.token}`, ...headers },
    JSON.stringify({ query: document, variables }),
  );

const named = (spans: readonly ReceivedSpan[], name: string): ReceivedSpan => {
  const span = spans.find((each) => each.name === name);
  if (!span) throw new Error(`no span ${name} in ${spans.map((each) => each.name).join(', ')}`);
  return span;
};

test('traces a request, its operation, its root field and its statements by name', async () => {
  const spans = await trace((url) => post(url, 'query Mine { me { id sessions { id } } }'));
  const [request, operation, field] = ['POST /graphql', 'query me', 'Query.me'].map((name) => named(spans, name));
  expect(request).toMatchObject({
    kind: 2,
    attributes: {
      'http.request.method': 'POST',
      'http.route': '/graphql',
      'http.response.status_code': 200,
      'postern.outcome': 'OK',
    },
    status: {},
  });
  expect(request!.parentSpanId ?? '').toBe('');
  expect(operation).toMatchObject({
    parentSpanId: request!.spanId,
    attributes: { 'graphql.operation.type': 'query', 'graphql.operation.name': 'me' },
  });
  expect(field).toMatchObject({ parentSpanId: operation!.spanId });
  const statements = spans.filter(({ attributes }) => 'db.system.name' in attributes);
  expect(statements.length).toBeGreaterThan(1);
  for (const statement of statements)
    expect(statement).toMatchObject({
      kind: 3,
      traceId: request!.traceId,
      attributes: { 'db.system.name': 'postgresql' },
    });
  expect(statements.map(({ parentSpanId }) => parentSpanId)).toContain(operation!.spanId);
});

test('traces password hashes with their wait', async () => {
  const input = { login: user.username, password: 'Wrong-Harbour-72' };
  const spans = await trace((url) => post(url, LOGIN, { input }));
  expect(named(spans, 'password.verify')).toMatchObject({
    parentSpanId: named(spans, 'Mutation.login').spanId,
    attributes: { 'postern.password.wait_ms': expect.any(Number) },
  });
  expect(named(spans, 'POST /graphql').attributes['postern.outcome']).toBe('REFUSED');
});

test('continues the trace of a client, and names its span in traceresponse', async () => {
  let response = '';
  const spans = await trace(async (url) => {
    response = String((await post(url, '{ me { id } }', {}, { traceparent })).headers['traceresponse']);
  });
  const request = named(spans, 'POST /graphql');
  expect(request).toMatchObject({ traceId, parentSpanId: '00f067aa0ba902b7' });
  expect(response).toBe(`00-${traceId}-${request.spanId}-01`);
});

test('begins its own trace after a malformed traceparent', async () => {
  const spans = await trace((url) => post(url, '{ me { id } }', {}, { traceparent: `${traceparent}-more` }));
  const request = named(spans, 'POST /graphql');
  expect(request.traceId).not.toBe(traceId);
  expect(request.parentSpanId ?? '').toBe('');
});

test('gives log lines the ID of the trace, although the client named none', async () => {
  let requestId: unknown;
  const spans = await trace(async (url) => {
    requestId = (await post(url, '{ me { id } }')).headers['x-request-id'];
  });
  const line = postern.log.map((text) => JSON.parse(text) as Record<string, unknown>);
  expect(line).toContainEqual(
    expect.objectContaining({ requestId, msg: 'request', traceId: named(spans, 'POST /graphql').traceId }),
  );
  expect(named(spans, 'POST /graphql').attributes['postern.request.id']).toBe(requestId);
});

test('does not trace what the client’s trace or the sampler leaves out', async () => {
  const ask = (url: string) => post(url, '{ me { id } }', {}, { traceparent: `${traceparent.slice(0, -2)}00` });
  expect(await trace(ask)).toEqual([]);
  expect(await trace(ask, { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0' })).toEqual([]);
  expect(await trace(ask, { OTEL_TRACES_SAMPLER: 'always_on' })).not.toEqual([]);
});

test.each([
  ['OTEL_SDK_DISABLED', 'true'],
  ['OTEL_TRACES_EXPORTER', 'none'],
  ['OTEL_TRACES_SAMPLER', 'always_off'],
])('traces nothing with %s=%s', async (name, value) => {
  expect(await trace((url) => post(url, '{ me { id } }'), { [name]: value })).toEqual([]);
  expect(receiver.requests).toEqual([]);
});

test('does not trace health checks', async () => {
  expect(await trace((url) => fetch(`${url}/livez`))).toEqual([]);
});

test('describes its process with OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES, and sends the headers', async () => {
  await trace((url) => post(url, '{ me { id } }'), {
    OTEL_SERVICE_NAME: 'accounts',
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=two%20words,service.name=other',
    OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20a-key',
  });
  expect(receiver.requests[0]).toMatchObject({ path: '/v1/traces', headers: { authorization: 'Bearer a-key' } });
  expect(receiver.resource).toMatchObject({
    'service.name': 'accounts',
    'deployment.environment.name': 'two words',
    'service.instance.id': expect.any(String),
  });
});

test('marks a fault in every span that it went through, without its message (R-98)', async () => {
  await query(untraced.database, 'alter table api_tokens rename to api_tokens_elsewhere');
  const spans = await trace((url) => post(url, 'mutation { resetApiToken { token userErrors { code } } }')).finally(
    () => query(untraced.database, 'alter table api_tokens_elsewhere rename to api_tokens'),
  );
  for (const name of ['POST /graphql', 'mutation resetApiToken'])
    expect(named(spans, name)).toMatchObject({
      status: { code: 2 },
      attributes: { 'error.type': 'INTERNAL_SERVER_ERROR' },
    });
  expect(spans.map(({ attributes }) => attributes['error.type'])).toContain('42P01');
  expect(spans.filter(({ status }) => status.message)).toEqual([]);
});

test('does not mark what a client did wrong as a fault', async () => {
  const spans = await trace(async (url) => {
    await post(url, '{ factorAdoption { role } }');
    await post(url, '{ nothing }');
    await post(url, LOGIN, { input: { login: newUsername(), password: 'Wrong-Harbour-72' } });
  });
  expect(spans.map(({ attributes }) => attributes['postern.outcome']).filter(Boolean)).toEqual([
    'FORBIDDEN',
    'GRAPHQL_VALIDATION_FAILED',
    'REFUSED',
  ]);
  expect(spans.filter(({ status }) => status.code === 2)).toEqual([]);
});
