import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { query } from './support/database.js';
import { eventually } from './support/eventually.js';
import { everySecret, everyStoredForm, everyTable, standsIn, type Journey } from './support/every-secret.js';
import type { MailServer } from './support/mail-server.js';
import { goodPassword, newUser } from './support/users.js';
import type { TestPostern } from './support/postern.js';
import { startPosternWithMail } from './support/postern-with-mail.js';

let mail: MailServer;
let postern: TestPostern;
let journey: Journey;
let sentMailWasLogged = false;
beforeAll(async () => {
  ({ mail, postern } = await startPosternWithMail());
  journey = await everySecret(postern, mail);
  sentMailWasLogged = log().includes('"msg":"mail sent"');
});
afterAll(() => postern.close());

const metrics = async () => (await fetch(`${postern.url}/metrics`)).text();
const log = () => postern.log.join('\n');
const letters = () => mail.mails.map(({ subject, text, html, raw }) => [subject, text, html, raw].join('\n'));

test('shows secrets only to their owner, in no table, log or metric (R-8, R-31, R-37, R-47, R-98)', async () => {
  const [tables, figures] = [await everyTable(postern), await metrics()];
  expect(journey.secrets).toHaveLength(32);
  for (const { name, value, answers, mails } of journey.secrets) {
    const [seenInAnswers, seenInMails] = [journey.answers, letters()].map(
      (texts) => texts.filter((text) => standsIn(text, value)).length,
    );
    expect({
      name,
      seenInAnswers,
      seenInMails,
      inTables: standsIn(tables, value),
      inLog: standsIn(log(), value),
      inMetrics: standsIn(figures, value),
    }).toEqual({ name, seenInAnswers: answers, seenInMails: mails, inTables: false, inLog: false, inMetrics: false });
  }
});

test('reveals no stored hash or ciphertext, and no name or address in logs or metrics (R-98)', async () => {
  const stored = await everyStoredForm(postern);
  expect(stored.length).toBeGreaterThan(40);
  const outputs = [...journey.answers, ...letters(), log(), await metrics()].join('\n');
  expect(stored.filter((value) => outputs.includes(value))).toEqual([]);
  for (const name of [journey.username, ...journey.addresses])
    expect([log().includes(name), (await metrics()).includes(name)]).toEqual([false, false]);
});

/** Ways in which clients send a secret in the wrong place or shape. */
const misplaced: readonly ((
  value: string,
) => [document: string, variables?: Record<string, unknown>, headers?: Record<string, string>])[] = [
  (value) => [`mutation { login(input: { login: "x", password: ${value} }) { user { id } } }`],
  (value) => [`mutation { login(input: { login: "x", ${JSON.stringify(value)}: "y" }) { user { id } } }`],
  (value) => [`query ${value.replace(/\W/g, '_')} { me { "${value}" } }`],
  (value) => [
    'mutation ($input: LoginInput!) { login(input: $input) { user { id } } }',
    { input: { login: [value], password: { value } } },
  ],
  (value) => [
    'mutation ($input: LoginInput!) { login(input: $input) { user { id } } }',
    { input: { login: 'x', password: 'y', [value]: value } },
  ],
  (value) => ['query ($first: Int) { me { securityEvents(first: $first) { edges { cursor } } } }', { first: value }],
  (value) => ['query ($id: ID!) { node(id: $id) { id } }', { id: value }],
  (value) => [
    'mutation ($input: ConfirmTwoFactorInput!) { confirmTwoFactor(input: $input) { userErrors { code message } } }',
    { input: { code: value } },
  ],
  (value) => [
    'mutation ($input: LoginInput!) { login(input: $input) { userErrors { code message } } }',
    { input: { login: value, password: value } },
  ],
  (value) => ['{ me { id } }', {}, { authorization: `Bearer ${value}x` }],
  (value) => ['{ me { id } }', {}, { authorization: `Basic ${value}` }],
  (value) => ['{ me { id } }', {}, { cookie: `postern_session=${value}x`, 'x-apollo-operation-name': value }],
  (value) => ['{ me { id } }', {}, { traceparent: value, tracestate: value, 'x-request-id': value }],
  (value) => ['{ me { id } }', {}, { traceparent: `01-${'a'.repeat(32)}-${'b'.repeat(16)}-01-${value}` }],
];

test('neither returns nor logs a secret sent in the wrong field or type (R-8, R-98)', async () => {
  const { client } = await newUser(postern);
  const secrets = journey.secrets.filter(({ name }) => !name.includes('code of the app') && name !== 'a mailed code');
  for (const [place, misplace] of misplaced.entries()) {
    for (const { name, value } of secrets) {
      const [document, variables, headers] = misplace(value);
      const answer = await (headers ? postern.client() : client).post(
        JSON.stringify({ query: document, variables }),
        headers,
      );
      expect({
        place,
        name,
        seen: standsIn(answer.text, value) || [...answer.headers.values()].some((text) => standsIn(text, value)),
      }).toEqual({ place, name, seen: false });
    }
  }
  for (const { name, value } of secrets)
    expect({ name, inLog: standsIn(log(), value) }).toEqual({ name, inLog: false });
});

test('neither returns nor logs the row quoted in a database error (R-85, R-98)', async () => {
  const { client, username, password } = await newUser(postern);
  const faulty: readonly [table: string, document: string, variables: Record<string, unknown>][] = [
    [
      'sessions',
      'mutation ($input: LoginInput!) { login(input: $input) { session { token } } }',
      { input: { login: username, password, delivery: 'BEARER' } },
    ],
    ['api_tokens', 'mutation { resetApiToken { token } }', {}],
    [
      'call_keys',
      'mutation ($input: CreateCallKeyInput!) { createCallKey(input: $input) { key } }',
      { input: { name: 'a-name-of-a-key' } },
    ],
    ['two_factor_enrolments', 'mutation { enableTwoFactor { enrolment { secret } } }', {}],
    [
      'email_verifications',
      'mutation ($input: SendVerificationCodeInput!) { sendVerificationCode(input: $input) { expiresAt } }',
      { input: { email: 'canary@mail.example' } },
    ],
    ['security_events', 'mutation { logout { userErrors { code } } }', {}],
  ];
  for (const [table, document, variables] of faulty) {
    postern.log.length = 0;
    await query(postern.database, `alter table ${table} add constraint takes_nothing check (false) not valid`);
    const answer = await client.send(document, variables);
    await query(postern.database, `alter table ${table} drop constraint takes_nothing`);
    expect({ table, answer: answer.errors.map(({ extensions }) => extensions['code']) }).toEqual({
      table,
      answer: ['INTERNAL_SERVER_ERROR'],
    });
    expect(answer.text).not.toMatch(/takes_nothing|Failing row/);
    expect(log()).toContain('takes_nothing');
    // Anything that the row held: a hash, a ciphertext, a code, a name, an address.
    expect({ table, log: log() }).toEqual({
      table,
      log: expect.not.stringMatching(/Failing row|v1\.test\.|[\w-]{43,}|a-name-of-a-key|canary@mail|\bpsk?_/),
    });
  }
});

test('covers the log lines of requests, statements, hashes and mails at level debug (R-139)', async () => {
  // The last test emptied the log.
  const { client } = await newUser(postern);
  await client.send('{ me { id } }');
  await eventually(
    () => ['request', 'statement', 'password hash begins'].every((message) => log().includes(`"msg":"${message}"`)),
    'lines of every kind',
  );
  expect(sentMailWasLogged).toBe(true);
  expect(log()).not.toContain(goodPassword);
});

test('detects a secret in a table, in the log and in the metrics', async () => {
  await query(postern.database, "insert into rate_limits (key, points) values ('a canary', 1)");
  expect(standsIn(await everyTable(postern), 'a canary')).toBe(true);
  postern.app.dependencies.logger.info('another canary');
  expect(standsIn(log(), 'another canary')).toBe(true);
  expect(standsIn(await metrics(), 'postern_mail_failed')).toBe(true);
});
