import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { hours } from '../../../src/duration.js';
import { newId } from '../../../src/database/connection/id.js';
import { sweep } from '../../../src/server/sweeps.js';
import { smtpTransport, testMailServer } from '../../../src/features/mail/delivery/smtp-transport.js';
import { query } from '../../support/database.js';
import { eventually } from '../../support/eventually.js';
import { codeIn, MailServer, startSilentServer } from '../../support/mail-server.js';
import { newAddress, newUser } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { startPosternWithMail } from '../../support/postern-with-mail.js';

let mail: MailServer;
let postern: TestPostern;
beforeAll(async () => {
  ({ mail, postern } = await startPosternWithMail());
});
beforeEach(() => {
  mail.mood = 'WELL';
});
afterAll(() => postern.close());

const SEND_CODE =
  'mutation ($input: SendVerificationCodeInput!) { sendVerificationCode(input: $input) { userErrors { code } } }';

/** Requests a code for a new address. */
async function ask(): Promise<string> {
  const [{ client }, email] = [await newUser(postern), newAddress()];
  expect(await client.send(SEND_CODE, { input: { email } })).toSucceed();
  return email;
}

const jobs = () =>
  query<{ state: string; retry_count: number }>(
    postern.database,
    "select state, retry_count from pgboss.job where name = 'mail' order by created_on desc, id desc limit 1",
  );

/** Resolves after a number of failed deliveries of the newest mail. */
async function tried(times: number): Promise<void> {
  const failure = /"kind":"VERIFICATION_CODE".*(?:will be retried|after the last retry)/;
  const since = postern.log.length;
  await eventually(
    () => postern.log.slice(since).filter((line) => failure.test(line)).length >= times,
    `${times} tries`,
  );
  await eventually(async () => (await jobs())[0]?.state !== 'active', 'the end of the try');
}

/** Makes pending retries due now. With `last`, the next one is the last. */
const retryNow = (last = false) =>
  query(
    postern.database,
    `update pgboss.job set start_after = now()${last ? ', retry_count = retry_limit' : ''} where name = 'mail' and state = 'retry'`,
  );

/** Keeps pending retries from running until `retryNow`. */
const postponeRetries = () =>
  query(
    postern.database,
    "update pgboss.job set start_after = now() + interval '1 hour' where name = 'mail' and state = 'retry' returning id",
  );

test('names the request and its trace in the headers of an email', async () => {
  const { client } = await newUser(postern);
  const [email, traceId] = [newAddress(), '4bf92f3577b34da6a3ce929d0e0e4736'];
  client.headers['traceparent'] = `00-${traceId}-00f067aa0ba902b7-01`;
  const answer = await client.send(SEND_CODE, { input: { email } });
  const { raw } = await mail.mailTo(email);
  expect(raw).toMatch(new RegExp(`^X-Request-Id: ${answer.headers.get('x-request-id')}\\r?$`, 'im'));
  expect(raw).toMatch(new RegExp(`^X-Trace-Id: ${traceId}\\r?$`, 'im'));
  expect((await mail.mailTo(await ask())).raw).not.toMatch(/^X-Trace-Id/im);
});

test('sends emails as plain text and HTML, from Postern, marked as automatic', async () => {
  const { text, html, from, raw } = await mail.mailTo(await ask());
  const code = /^ {4}(\d{6})$/m.exec(text)![1]!;
  expect(html).toContain(`<p class="code">${code}</p>`);
  expect(html).not.toMatch(/<(?:img|script|link|iframe)|url\(|@import/);
  expect(from).toContain('postern@localhost');
  expect(raw).toMatch(/^Auto-Submitted: auto-generated$/m);
});

test.each([
  ['Team: Example, Inc. (EU) <a@example.org>', '"Team: Example, Inc. (EU)" <a@example.org>'],
  ['"Example, Inc." <a@example.org>', '"Example, Inc." <a@example.org>'],
  ['a@example.org', 'a@example.org'],
])('sends emails from %s with the whole name', async (from, header) => {
  // Straight to the server: another Postern on this database would share its queue.
  const { send } = smtpTransport({ isEnabled: true, smtpUrl: mail.url, from });
  const to = newAddress();
  await send({ to, subject: 'Subject', text: 'Text', html: 'Text' }, '<id@example.org>', () => Promise.resolve());
  expect((await mail.mailTo(to)).raw).toContain(`From: ${header}\r\n`);
});

test('requires encryption from a remote mail server unless its URL opts out', async () => {
  // Another name of this machine that is not a loopback address.
  const elsewhere = `smtp://0.0.0.0:${mail.port}`;
  expect(await testMailServer(elsewhere)).toMatch(
    /^0\.0\.0\.0:\d+ offers no encryption \(STARTTLS\)\. Use a port that does, or add \?ignoreTLS=true/,
  );
  expect(await testMailServer(`${elsewhere}?ignoreTLS=true`)).toBeNull();
  expect(await testMailServer(mail.url)).toBeNull();
});

test('delays an email while the mail server is down, without losing it', async () => {
  const { port } = mail;
  await mail.close();
  const failing = tried(1);
  const email = await ask();
  await failing;
  mail = await MailServer.start(port);
  await retryNow();
  expect(codeIn(await mail.mailTo(email))).toMatch(/^\d{6}$/);
});

test.each(['BUSY', 'REFUSES_TEXT'] as const)(
  'retries an email until it is delivered when the mail server rejects it with %s',
  async (mood) => {
    mail.mood = mood;
    const failing = tried(1);
    const email = await ask();
    await failing;
    for (let n = 0; n < 3; n += 1) {
      const again = tried(1);
      await retryNow();
      await again;
    }
    expect(mail.to(email)).toEqual([]);
    mail.mood = 'WELL';
    await retryNow();
    await mail.mailTo(email);
    expect(mail.to(email)).toHaveLength(1);
  },
);

test('delivers an email at most twice, with one ID, if the connection drops after the text is sent', async () => {
  mail.mood = 'DROPS_LINE';
  const [failing, before] = [tried(1), mail.texts];
  const email = await ask();
  await failing;
  for (let n = 0; n < 3; n += 1) {
    const again = tried(1);
    await retryNow();
    await again;
  }
  expect(mail.texts - before).toBe(2);
  expect(new Set(mail.to(email).map(({ messageId }) => messageId)).size).toBe(1);
  mail.mood = 'WELL';
  const again = tried(1);
  await retryNow(true);
  await again;
  expect(mail.to(email)).toHaveLength(2);
});

test('stops retrying an email after the last try, and counts and logs it without its address', async () => {
  const given = async () =>
    Number(/^postern_mail_failed (\d+)$/m.exec(await (await fetch(`${postern.url}/metrics`)).text())?.[1]);
  const before = await given();
  mail.mood = 'REFUSES_TEXT';
  const failing = tried(1);
  const email = await ask();
  await failing;
  const last = tried(1);
  await retryNow(true);
  await last;
  await eventually(async () => (await given()) > before, 'a mail that was given up');
  expect(await given()).toBe(before + 1);
  expect(postern.log.filter((line) => line.includes('after the last retry')).at(-1)).toMatch(
    /"level":50.*"kind":"VERIFICATION_CODE"/,
  );
  expect(postern.log.join('')).not.toContain(email);
  expect(await query(postern.database, "select output from pgboss.job where name = 'mail-failed'")).toHaveLength(
    before + 1,
  );
});

test('does not retry an email when the mail server rejects its address with 550', async () => {
  const failed = () => query(postern.database, "select source_output from pgboss.job where name = 'mail-failed'");
  const before = (await failed()).length;
  mail.mood = 'REFUSES_ADDRESS';
  const email = await ask();
  await eventually(async () => (await failed()).length > before, 'a mail that was given up');
  const reason = `127.0.0.1:${mail.port} rejected the recipient (550).`;
  expect(postern.log.filter((line) => line.includes('no retry helps')).at(-1)).toContain(`"reason":"${reason}"`);
  expect((await failed()).at(-1)).toEqual({ source_output: expect.objectContaining({ message: reason }) });
  mail.mood = 'WELL';
  await retryNow();
  await mail.mailTo(await ask());
  expect(mail.to(email)).toEqual([]);
  expect(postern.log.join('')).not.toContain(email);
});

test('counts an email as failed, not as sent, if its code expired before it could be sent', async () => {
  // IDs of this process may be ahead of the clock, which was set back: no row's age is that of its ID.
  newId(new Date(postern.clock.read().getTime() + hours(2)));
  mail.mood = 'BUSY';
  const since = postern.log.length;
  const retried = tried(1);
  const email = await ask();
  await retried;
  // A retry that runs now could send the code once the mail server is well, before it expires.
  await eventually(async () => (await postponeRetries()).length > 0, 'a postponed retry');
  postern.clock.advance({ minutes: 11 });
  await sweep(postern.database, postern.clock.read());
  mail.mood = 'WELL';
  await retryNow(true);
  await eventually(async () => (await jobs())[0]?.state === 'failed', 'a failed job');
  expect(mail.to(email)).toEqual([]);
  expect(postern.log.slice(since).join('')).toContain('after the last retry');
});

test('increases the delay with each retry of an email', async () => {
  mail.mood = 'BUSY';
  const failing = tried(1);
  await ask();
  await failing;
  const distances: number[] = [];
  for (let n = 0; n < 4; n += 1) {
    const [row] = await query<{ wait: number }>(
      postern.database,
      "select extract(epoch from start_after - now())::float8 as wait from pgboss.job where name = 'mail' and state = 'retry' order by created_on desc limit 1",
    );
    distances.push(row!.wait);
    const again = tried(1);
    await retryNow();
    await again;
  }
  expect(distances.at(-1)!).toBeGreaterThan(distances[0]! * 2);
  await query(postern.database, "delete from pgboss.job where name = 'mail' and state = 'retry'");
});

test('responds to requests without waiting for an unresponsive mail server (R-14)', async () => {
  const silent = await startSilentServer();
  const slow = await startPostern({ SMTP_URL: silent.url });
  const { client } = await newUser(slow);
  const start = performance.now();
  expect(
    await client.send(
      'mutation ($input: SendVerificationCodeInput!) { sendVerificationCode(input: $input) { userErrors { code } } }',
      { input: { email: newAddress() } },
    ),
  ).toSucceed();
  expect(performance.now() - start).toBeLessThan(8_000);
  silent.close();
  await slow.close();
});

test('aborts an action when its email can’t be queued (R-86)', async () => {
  const [{ client, username }, email] = [await newUser(postern), newAddress()];
  await query(postern.database, 'alter table pgboss.job_common add constraint takes_nothing check (false) not valid');
  const answer = await client.send(
    'mutation ($input: SendVerificationCodeInput!) { sendVerificationCode(input: $input) { userErrors { code } } }',
    { input: { email } },
  );
  await query(postern.database, 'alter table pgboss.job_common drop constraint takes_nothing');
  expect(answer).toFailWith('INTERNAL_SERVER_ERROR');
  expect(
    await query(
      postern.database,
      'select * from email_verifications where account_id = (select id from accounts where username = ?)',
      [username],
    ),
  ).toEqual([]);
});
