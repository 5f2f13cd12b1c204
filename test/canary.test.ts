import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Client } from './support/client.js';
import { query } from './support/database.js';
import { codeIn, MailServer, tokenIn } from './support/mail-server.js';
import { newAddress, newUsername } from './support/people.js';
import { startPostern, type TestPostern } from './support/postern.js';
import { totpCode } from './support/two-factor.js';

let mail: MailServer;
let postern: TestPostern;
beforeAll(async () => {
  mail = await MailServer.start();
  postern = await startPostern({ SMTP_URL: mail.url });
});
afterAll(async () => {
  await postern.close();
  await mail.close();
});

/** A secret of the journey, and how many answers and mails may hold it. */
interface Canary {
  readonly name: string;
  readonly value: string;
  readonly answers: number;
  readonly mails: number;
}

const answers: string[] = [];

/** Sends a mutation, keeps the answer, and gives the payload. */
async function call(client: Client, mutation: string, fields: string, input?: Record<string, unknown>): Promise<Record<string, any>> {
  const declared = input ? `($input: ${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input!)` : '';
  const answer = await client.send(`mutation ${declared} { ${mutation}${input ? '(input: $input)' : ''} { ${fields} userErrors { code } } }`, { input });
  answers.push(answer.text);
  return answer.data[mutation] as Record<string, any>;
}

/** Whoever does everything once, with what they typed and what they were given. */
async function doEverything(): Promise<Canary[]> {
  const [client, username, email] = [postern.client(), newUsername(), newAddress()];
  const [first, second, third] = ['Canary-Harbour-71', 'Canary-Lantern-88', 'Canary-Thistle-99'];
  const wrong = 'Canary-Wrong-12345';
  const bearer = (payload: Record<string, any>) => { client.token = payload['session'].token as string; return client.token; };

  const registered = bearer(await call(client, 'register', 'session { token }', { username, password: first, confirmPassword: first, delivery: 'BEARER' }));
  await call(postern.client(), 'login', 'session { token }', { login: username, password: wrong });
  await call(client, 'sendVerificationCode', 'expiresAt', { email });
  const code = codeIn(await mail.mailTo(email));
  await call(client, 'bindEmail', 'user { email }', { email, code });
  const changed = bearer(await call(client, 'changePassword', 'session { token }', { currentPassword: first, newPassword: second, confirmPassword: second }));
  const apiToken = (await call(client, 'resetApiToken', 'token')).token as string;
  const enrolment = (await call(client, 'enableTwoFactor', 'enrolment { secret }'))['enrolment'] as { secret: string };
  const totp = async () => { postern.clock.advance({ seconds: 30 }); return totpCode(enrolment.secret, postern.clock.read()); };
  const firstCode = await totp();
  const confirmed = await call(client, 'confirmTwoFactor', 'backupCodes session { token }', { code: firstCode });
  const rotated = bearer(confirmed);
  const backupCodes = confirmed['backupCodes'] as string[];
  const { secondFactor } = await call(postern.client(), 'login', 'session { token } secondFactor { challenge }', { login: email, password: second });
  await call(postern.client(), 'verifySecondFactor', 'session { token }', { challenge: secondFactor.challenge, factor: { backupCode: backupCodes[0] } });
  await call(postern.client(), 'requestPasswordReset', '', { email });
  await mail.until(() => mail.to(email).some((received) => tokenIn(received) !== ''));
  const reset = mail.to(email).map(tokenIn).find(Boolean)!;
  await call(postern.client(), 'resetPassword', '', { token: reset, newPassword: third, confirmPassword: third, factor: { totpCode: await totp() } });
  return [
    ...[first, second, third, wrong].map((value) => ({ name: 'a password', value, answers: 0, mails: 0 })),
    ...[registered, changed, rotated].map((value) => ({ name: 'a session token', value, answers: 1, mails: 0 })),
    { name: 'the mailed code', value: code, answers: 0, mails: 1 },
    { name: 'the API token', value: apiToken, answers: 1, mails: 0 },
    { name: 'the TOTP secret', value: enrolment.secret, answers: 1, mails: 0 },
    ...backupCodes.map((value) => ({ name: 'a backup code', value, answers: 1, mails: 0 })),
    { name: 'the challenge', value: secondFactor.challenge as string, answers: 1, mails: 0 },
    { name: 'the reset token', value: reset, answers: 0, mails: 1 },
  ];
}

/** Every row of every table, of the job queue’s as well, as text. */
async function everyTable(): Promise<string> {
  const tables = await query<{ name: string }>(postern.database, "select format('%I.%I', table_schema, table_name) as name from information_schema.tables where table_schema in ('public', 'pgboss') and table_type = 'BASE TABLE'");
  expect(tables.length).toBeGreaterThan(20);
  const rows = await Promise.all(tables.map(({ name }) => query<{ row: string }>(postern.database, `select t::text as row from ${name} t`)));
  return rows.flat().map(({ row }) => row).join('\n');
}

/** Whether a text holds a secret as such; six digits also stand within moments and longer numbers. */
const standsIn = (text: string, secret: string): boolean => new RegExp(`(?<![\\d.])${secret}(?!\\d)`).test(text);

test('every secret that a person types or is given stands where it is handed over, once, and in no table, log, event or other mail (R-8, R-31, R-37, R-47, R-98)', async () => {
  const canaries = await doEverything();
  const [tables, log] = [await everyTable(), postern.log.join('\n')];
  const found = canaries.map(({ name, value, ...expected }) => ({
    name, ...expected, seenInAnswers: answers.filter((text) => text.includes(value)).length, seenInMails: mail.mails.filter(({ text }) => text.includes(value)).length,
    inTables: standsIn(tables, value), inLog: standsIn(log, value),
  }));
  expect(canaries).toHaveLength(22);
  for (const { name, answers: handed, mails, ...seen } of found) expect({ name, ...seen }).toEqual({ name, seenInAnswers: handed, seenInMails: mails, inTables: false, inLog: false });
});

test('a secret that did stand in a table or in the log would be found', async () => {
  await query(postern.database, "insert into rate_limits (key, points) values ('a canary', 1)");
  expect(standsIn(await everyTable(), 'a canary')).toBe(true);
  postern.app.instruments.logger.info('another canary');
  expect(standsIn(postern.log.join('\n'), 'another canary')).toBe(true);
});
