import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newAddress, newUser } from '../support/users.js';
import { startBeside } from '../support/start-beside.js';
import { startPostern, type TestPostern } from '../support/postern.js';
import { query } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { sendRaw } from './send-raw.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

const get = (path: string, headers: Record<string, string> = {}, at = postern) =>
  fetch(`${at.url}${path}`, { headers });

/** The shown mails, as JSON. */
async function kept(): Promise<{ to: string; subject: string; text: string }[]> {
  const { mails } = (await (await get('/dev/mail', { accept: 'application/json' })).json()) as {
    mails: { to: string; subject: string; text: string }[];
  };
  return mails;
}

/** Requests a code for an address. */
async function ask(email: string): Promise<void> {
  const { client } = await newUser(postern);
  expect(
    await client.send(
      'mutation ($input: SendVerificationCodeInput!) { sendVerificationCode(input: $input) { userErrors { code } } }',
      { input: { email } },
    ),
  ).toSucceed();
}

test('shows unsent mail in development, newest first, as HTML and as JSON', async () => {
  expect(await (await get('/dev/mail')).text()).toContain('No emails yet');
  const [first, second] = [newAddress(), newAddress()];
  await ask(first);
  await ask(second);
  await eventually(async () => (await kept()).length === 2, 'two mails');
  expect((await kept()).map(({ to }) => to)).toEqual([second, first]);
  const page = await (await get('/dev/mail')).text();
  expect(page).toContain(second);
  const mail = await get('/dev/mail/0');
  expect(mail.headers.get('content-security-policy')).toMatch(/^default-src 'none';.*sandbox/);
  expect(await mail.text()).toContain('Your verification code');
  expect((await get('/dev/mail/99')).status).toBe(404);
});

test('reports metrics about the process and failed mail (R-98)', async () => {
  const answer = await get('/metrics');
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
  const text = await answer.text();
  expect(text).toMatch(/^postern_mail_failed 0$/m);
  expect(text).toMatch(/^process_resident_memory_bytes \d+/m);
});

test('counts rejections and errors in the metrics, even when the job queue can’t be read (R-96)', async () => {
  const limited = await startPostern({ LIMITS: 'on' });
  try {
    const metrics = async () => (await get('/metrics', {}, limited)).text();
    expect(await metrics()).not.toContain('postern_limit_rejections_total{');
    const attempt = (login: string) =>
      limited.client().send('mutation ($input: LoginInput!) { login(input: $input) { userErrors { code } } }', {
        input: { login, password: 'wrong-wrong' },
      });
    for (let n = 0; n < 31; n += 1) await attempt(`visitor.${n}`);
    expect(await attempt('stranger')).toFailWith('RATE_LIMITED');
    await limited.client().send('{ me { id } }');
    await limited.client().send('mutation { logoutEverywhereElse { userErrors { code } } }');
    const withBadToken = limited.client();
    withBadToken.token = 'pss_forged';
    await withBadToken.send('{ me { id } }');
    const text = await metrics();
    expect(text).toMatch(/^postern_limit_rejections_total\{limit="[A-Za-z]+"\} [12]$/m);
    expect(text).toMatch(/^postern_errors_total\{code="RATE_LIMITED"\} [12]$/m);
    expect(text).toMatch(/^postern_errors_total\{code="UNAUTHENTICATED"\} \d+$/m);
    expect(text).not.toMatch(/visitor|stranger|forged|127\.0\.0\.1/);

    await query(limited.database, 'alter schema pgboss rename to pgboss_away');
    expect(await metrics()).toMatch(/^postern_mail_failed Nan$/m);
    await query(limited.database, 'alter schema pgboss_away rename to pgboss');
    expect(await metrics()).toMatch(/^postern_mail_failed 0$/m);
  } finally {
    await limited.close();
  }
});

test.each([
  ['another host name', { host: 'evil.example' }],
  ['a forwarded address', { 'x-forwarded-for': '203.0.113.9' }],
  ['a forwarded host', { forwarded: 'host=evil.example' }],
  ['a real address', { 'x-real-ip': '203.0.113.9' }],
])('hides unsent mail and metrics from a request with %s (R-95)', async (_, headers) => {
  for (const path of ['/dev/mail', '/dev/mail/0', '/metrics']) {
    expect((await sendRaw(`${postern.url}${path}`, 'GET', headers)).status).toBe(404);
  }
});

test('hides unsent mail in production (R-95)', async () => {
  const production = await startBeside(postern, {
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PUBLIC_URL: 'https://account.example.org',
  });
  try {
    for (const path of ['/dev/mail', '/dev/mail/0']) expect((await get(path, {}, production)).status).toBe(404);
  } finally {
    await production.close();
  }
});
