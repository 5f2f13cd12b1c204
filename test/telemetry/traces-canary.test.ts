import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sendRaw } from '../http/send-raw.js';
import { everySecret, everyStoredForm, standsIn, type Journey } from '../support/every-secret.js';
import { OtlpReceiver } from '../support/otlp-receiver.js';
import { startPosternWithMail } from '../support/postern-with-mail.js';
import type { TestPostern } from '../support/postern.js';

/** What a client sends where it could get into a trace. */
const CANARY = 'Canary4711';

let receiver: OtlpReceiver;
let journey: Journey;
let stored: readonly string[];
beforeAll(async () => {
  receiver = await OtlpReceiver.start();
  const { mail, postern } = await startPosternWithMail(receiver.settings);
  journey = await everySecret(postern, mail);
  stored = await everyStoredForm(postern);
  await sendCanaries(postern);
  // The last spans are sent when the server stops.
  await postern.close();
});
afterAll(() => receiver.close());

async function sendCanaries({ url }: TestPostern): Promise<void> {
  const headers = {
    'content-type': 'application/json',
    authorization: `Bearer ${CANARY}`,
    cookie: `postern=${CANARY}`,
    'user-agent': CANARY,
    'x-request-id': CANARY,
    'x-forwarded-for': CANARY,
    'x-forwarded-proto': CANARY,
    'apollographql-client-name': CANARY,
    traceparent: `00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01`,
    tracestate: `vendor=${CANARY}`,
    baggage: `user=${CANARY}`,
  };
  const { authorization: _, ...anonymous } = headers;
  const login = 'login(input: { login: "x", password: "y" }) { userErrors { code } }';
  for (const [document, variables] of [
    [`mutation ${CANARY} { ${CANARY}: ${login} }`, {}],
    [
      `mutation ($${CANARY}: LoginInput!) { login(input: $${CANARY}) { userErrors { code } } }`,
      { [CANARY]: { login: CANARY, password: CANARY } },
    ],
    [`{ ${CANARY} }`, {}],
    [`{ node(id: "${CANARY}") { id } }`, {}],
    [`{ "${CANARY}"`, {}],
    [
      'mutation ($input: LoginInput!) { login(input: $input) { userErrors { code } } }',
      { input: { [CANARY]: CANARY } },
    ],
  ] as const) {
    const body = JSON.stringify({ query: document, variables, operationName: null });
    await sendRaw(`${url}/graphql?${CANARY}`, 'POST', headers, body);
    await sendRaw(`${url}/graphql`, 'POST', anonymous, body);
  }
  await sendRaw(`${url}/${CANARY}/${CANARY}?${CANARY}`, 'GET', anonymous);
  await sendRaw(`${url}/auth/verify/${CANARY}`, 'GET', headers);
  await sendRaw(`${url}/graphql`, 'PROPFIND', anonymous);
}

test('contains spans of every kind, of many operations', () => {
  const names = new Set(receiver.spans.map(({ name }) => name));
  for (const name of [
    'POST /graphql',
    'mutation login',
    'Mutation.login',
    'password.hash',
    'password.verify',
    'mail.send',
    'insert security_events',
    'viewer_by_session',
  ])
    expect([...names]).toContain(name);
  expect(names.size).toBeGreaterThan(60);
  const requests = receiver.spans.filter(({ name }) => name === 'POST /graphql');
  expect(requests.length).toBeGreaterThan(journey.answers.length);
});

test('sends a mail in the trace of the request that caused it, by its kind', () => {
  const mails = receiver.spans.filter(({ name }) => name === 'mail.send');
  const kinds = new Set(mails.map(({ attributes }) => attributes['postern.mail.kind']));
  expect([...kinds]).toEqual(expect.arrayContaining(['NOTICE', 'VERIFICATION_CODE', 'PASSWORD_RESET']));
  const causes = mails.filter(({ parentSpanId }) =>
    receiver.spans.some(({ spanId, name }) => spanId === parentSpanId && name === 'POST /graphql'),
  );
  expect(causes).toHaveLength(mails.length);
  const [mail] = mails;
  expect(receiver.spans.filter(({ parentSpanId }) => parentSpanId === mail!.spanId)).not.toEqual([]);
});

test('has no secret, no name and no address of a user (R-98, R-139)', () => {
  expect(journey.secrets.filter(({ value }) => standsIn(receiver.text, value)).map(({ name }) => name)).toEqual([]);
  for (const name of [journey.username, ...journey.addresses]) expect(receiver.text).not.toContain(name);
});

test('has no stored hash, ciphertext, address of a caller or text of a statement (R-98, R-139)', () => {
  expect(stored.filter((value) => receiver.text.includes(value))).toEqual([]);
  expect(receiver.text).not.toMatch(/127\.0\.0\.1|::1|\$1|returning |select .* from /i);
});

test('has nothing that a client sent (R-139)', () => {
  expect(receiver.text).not.toContain(CANARY);
  expect(receiver.text).not.toContain(CANARY.toLowerCase());
});

test('uses only known keys and values of attributes (R-139)', () => {
  const attributes = receiver.spans.flatMap((span) => Object.entries(span.attributes));
  expect([...new Set(attributes.map(([key]) => key))].sort()).toEqual([
    'db.system.name',
    'graphql.operation.name',
    'graphql.operation.type',
    'http.request.method',
    'http.response.status_code',
    'http.route',
    'postern.mail.kind',
    'postern.mail.retries',
    'postern.outcome',
    'postern.password.wait_ms',
    'postern.request.id',
  ]);
  for (const [, value] of attributes) expect(String(value)).toMatch(/^[\w /.*:-]{1,60}$/);
});
