import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { bindEmail } from '../../../src/features/email-address/bind-email.js';
import { findViewerBySession } from '../../../src/features/session/find-viewer-by-session.js';
import type { Client } from '../../support/client.js';
import { query } from '../../support/database.js';
import { graphql } from '../../support/generated/gql.js';
import { codeIn, type MailServer } from '../../support/mail-server.js';
import { bindAddress, newAddress, newUser, signIn, type TestUser } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { startPosternWithMail } from '../../support/postern-with-mail.js';
import { CredentialRevokedError } from '../../../src/rules/authority.js';
import { ruleContext } from '../../support/rule-context.js';

const SendVerificationCode = graphql(`
  mutation SendVerificationCode($input: SendVerificationCodeInput!) {
    sendVerificationCode(input: $input) { expiresAt resendAfter userErrors { code field message } }
  }
`);

const BindEmail = graphql(`
  mutation BindEmail($input: BindEmailInput!) {
    bindEmail(input: $input) { user { email } userErrors { code field message } }
  }
`);

let mail: MailServer;
let postern: TestPostern;
beforeAll(async () => {
  ({ mail, postern } = await startPosternWithMail());
});
afterAll(() => postern.close());

const ask = (client: Client, email: string) => client.send(SendVerificationCode, { input: { email } });
const bind = (client: Client, email: string, code: string) => client.send(BindEmail, { input: { email, code } });
const emailOf = async (client: Client) => (await client.send('{ me { email } }')).data['me'].email as string | null;

/** Requests a code and reads it from the mail. */
async function codeFor(user: TestUser, email: string): Promise<string> {
  const before = mail.to(email).length;
  expect(await ask(user.client, email)).toSucceed();
  return codeIn(await mail.mailTo(email, before + 1));
}

const wrong = (code: string) => (code === '000000' ? '111111' : '000000');

/** Resolves when all mail queued before has been processed, because mail is sent in order. */
async function expectNoMoreMail(): Promise<void> {
  const [last, address] = [await newUser(postern), newAddress()];
  await codeFor(last, address);
}

test('binds the address to which the code was emailed (R-41)', async () => {
  const [user, address] = [await newUser(postern), newAddress()];
  const answer = await ask(user.client, address);
  const now = postern.clock.read().getTime();
  expect(answer.data.sendVerificationCode).toEqual({
    expiresAt: new Date(now + 600_000).toISOString(),
    resendAfter: new Date(now + 60_000).toISOString(),
    userErrors: [],
  });
  const received = await mail.mailTo(address);
  expect(received.subject).toBe('Your verification code');
  expect(codeIn(received)).toMatch(/^\d{6}$/);
  expect(await emailOf(user.client)).toBeNull();
  const bound = await bind(user.client, address, codeIn(received));
  expect(bound).toSucceed();
  expect(bound.data.bindEmail!.user!.email).toBe(address);
  expect(await emailOf(user.client)).toBe(address);
});

test('ignores spaces, case and the encoding of the domain in an address (R-44)', async () => {
  const user = await newUser(postern);
  expect(await ask(user.client, 'Anna@xn--bcher-kva.example')).toSucceed();
  const code = codeIn(await mail.mailTo('Anna@bücher.example'));
  expect(await bind(user.client, ' anna@BÜCHER.example ', `${code.slice(0, 3)} ${code.slice(3)}`)).toSucceed();
  expect(await emailOf(user.client)).toBe('Anna@xn--bcher-kva.example');
});

test.each([
  ['jo@例子.中国', 'jo@xn--fsqu00a.xn--fiqs8s'],
  ["o'neil/sales@example.org", "o'neil/sales@example.org"],
  ['!#$%&*+-/=?^_`{|}~@example.org', '!#$%&*+-/=?^_`{|}~@example.org'],
])('binds the address %s', async (typed, address) => {
  const user = await newUser(postern);
  expect(await ask(user.client, typed)).toSucceed();
  expect(await bind(user.client, typed, codeIn(await mail.mailTo(typed)))).toSucceed();
  expect(await emailOf(user.client)).toBe(address);
});

test('accepts an emailed code once (R-43)', async () => {
  const [user, address] = [await newUser(postern), newAddress()];
  const code = await codeFor(user, address);
  expect(await bind(user.client, address, code)).toSucceed();
  expect(await bind(user.client, address, code)).toBeRefusedWith(['INVALID_CODE', 'code']);
});

test('rejects wrong, empty and malformed codes, and after five even the right one (R-15, R-43)', async () => {
  const [user, address] = [await newUser(postern), newAddress()];
  const code = await codeFor(user, address);
  for (const attempt of [wrong(code), '', '   ', 'undefined', `${code}0`])
    expect(await bind(user.client, address, attempt)).toBeRefusedWith(['INVALID_CODE', 'code']);
  expect(await bind(user.client, address, code)).toBeRefusedWith(['INVALID_CODE', 'code']);
  expect(await emailOf(user.client)).toBeNull();
});

test('rejects any emailed code when none was requested (R-43)', async () => {
  const user = await newUser(postern);
  for (const code of ['', 'null', '000000'])
    expect(await bind(user.client, newAddress(), code)).toBeRefusedWith(['INVALID_CODE', 'code']);
});

test('rejects an emailed code after ten minutes (R-43)', async () => {
  const [user, address] = [await newUser(postern), newAddress()];
  const code = await codeFor(user, address);
  postern.clock.advance({ minutes: 10 });
  expect(await bind(user.client, address, code)).toBeRefusedWith(['INVALID_CODE', 'code']);
});

test('emails a new code after a minute, and invalidates the previous one (R-43)', async () => {
  const [user, address] = [await newUser(postern), newAddress()];
  const first = await codeFor(user, address);
  const refused = await ask(user.client, address);
  expect(refused).toFailWith('RATE_LIMITED');
  expect(refused.errors[0]!.extensions['retryAfterSeconds']).toBe(60);
  postern.clock.advance({ minutes: 1 });
  const second = await codeFor(user, address);
  if (first !== second) expect(await bind(user.client, address, first)).toBeRefusedWith(['INVALID_CODE', 'code']);
  expect(await bind(user.client, address, second)).toSucceed();
});

test('rejects an emailed code for another account or another address (R-42)', async () => {
  const [ada, bob] = [await newUser(postern), await newUser(postern)];
  const [first, second] = [newAddress(), newAddress()];
  const [adas, bobs] = [await codeFor(ada, first), await codeFor(bob, second)];
  for (const [user, address, code] of [
    [ada, first, bobs],
    [ada, second, bobs],
    [bob, second, adas],
    [bob, first, adas],
    [ada, second, adas],
    [bob, first, bobs],
  ] as const) {
    if (adas !== bobs) expect(await bind(user.client, address, code)).toBeRefusedWith(['INVALID_CODE', 'code']);
  }
  expect(await bind(ada.client, first, adas)).toSucceed();
  expect(await bind(bob.client, second, bobs)).toSucceed();
});

test('returns the same response for a taken address, but emails its owner only a notice (R-44)', async () => {
  const [owner, other, address] = [await newUser(postern), await newUser(postern), newAddress()];
  await bindAddress(postern, mail, owner, address);
  const free = await ask((await newUser(postern)).client, newAddress());
  const taken = await ask(other.client, address.toUpperCase());
  expect(taken.text).toBe(free.text);
  const messages = await mail.mailTo(address, 2);
  expect(messages.subject).toBe('Someone tried to use your email address');
  expect(codeIn(messages)).toBe('');
  expect(messages.text).toContain(owner.username);
  expect(messages.text).not.toContain(other.username);
  expect(
    await query(
      postern.database,
      'select code_hash from email_verifications where account_id = (select id from accounts where username = ?)',
      [other.username],
    ),
  ).toEqual([{ code_hash: null }]);
  expect(await bind(other.client, address, '000000')).toBeRefusedWith(['INVALID_CODE', 'code']);
});

test('binds an address to the first of two accounts that verify it (R-44)', async () => {
  const [ada, bob, address] = [await newUser(postern), await newUser(postern), newAddress()];
  const [adas, bobs] = [await codeFor(ada, address), await codeFor(bob, address)];
  expect(await bind(ada.client, address, adas)).toSucceed();
  expect(await bind(bob.client, address, bobs)).toBeRefusedWith(['INVALID_CODE', 'code']);
  expect(await emailOf(bob.client)).toBeNull();
});

test.each([
  '',
  ' ',
  'nobody',
  '@example.org',
  'a@',
  'a@b',
  'a b@example.org',
  'a@x.example,b@y.example',
  'a@x.example\r\nBcc: b@y.example',
  'Ada <a@x.example>',
  '"a b"@x.example',
  'mıke@example.org',
  'ⓐ@example.org',
  'mi\u212Ae@example.org',
  'a\u200Bb@example.org',
  'a@exa mple.org',
  `${'a'.repeat(65)}@example.org`,
  `a@${'b'.repeat(250)}.org`,
  'a\u0000@example.org',
  'a@[127.0.0.1]',
  'a@127.0.0.1',
  '.a@example.org',
  'a.@example.org',
  'a..b@example.org',
  'a@-x.example',
  'a@example.123',
  'a@example.org/x',
  'a@example.org?x',
  'a@example.org#x',
  'a@example.org:25',
  'a@%65xample.org',
])('rejects %j as an email address, and sends nothing (R-45)', async (address) => {
  const { client } = await newUser(postern);
  expect(await ask(client, address)).toBeRefusedWith(['EMAIL_INVALID', 'email']);
  expect(
    await query(
      postern.database,
      `select name from pgboss.job where name = 'mail' and data->>'kind' = 'VERIFICATION_CODE' and state in ('created', 'active', 'retry')`,
    ),
  ).toEqual([]);
});

test('rejects a list of email addresses as malformed (R-45)', async () => {
  const { client } = await newUser(postern);
  const answer = await client.send(
    'mutation ($input: SendVerificationCodeInput!) { sendVerificationCode(input: $input) { userErrors { code } } }',
    { input: { email: ['a@x.example', 'b@y.example'] } },
  );
  expect(answer).toFailWith('BAD_USER_INPUT');
});

test('requires step-up to request a code, and only a session to bind the address (R-61)', async () => {
  const user = await newUser(postern);
  expect(await ask(postern.client(), newAddress())).toFailWith('UNAUTHENTICATED');
  expect(await bind(postern.client(), newAddress(), '000000')).toFailWith('UNAUTHENTICATED');
  const address = newAddress();
  const code = await codeFor(user, address);
  postern.clock.advance({ minutes: 9 });
  expect(await bind(user.client, address, wrong(code))).toBeRefusedWith(['INVALID_CODE', 'code']);
  postern.clock.advance({ minutes: 2 });
  expect(await ask(user.client, newAddress())).toFailWith('STEP_UP_REQUIRED');
});

test('invalidates a pending emailed code when the password changes (R-50)', async () => {
  const [user, address] = [await newUser(postern), newAddress()];
  const code = await codeFor(user, address);
  await query(postern.database, 'update accounts set auth_version = auth_version + 1 where username = ?', [
    user.username,
  ]);
  const again = await signIn(postern, user);
  expect(await bind(again, address, code)).toBeRefusedWith(['INVALID_CODE', 'code']);
});

test('binds no email address if the password changes during the request (R-50)', async () => {
  const [user, address] = [await newUser(postern, 'BEARER'), newAddress()];
  const code = await codeFor(user, address);
  const context = ruleContext(postern);
  const viewer = (await findViewerBySession(context.reader, user.client.token!, 'BEARER', context.now))!;
  const changed = await user.client.send(
    'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { userErrors { code } session { token } } }',
    {
      input: {
        currentPassword: user.password,
        newPassword: 'Louder-Lantern-88',
        confirmPassword: 'Louder-Lantern-88',
      },
    },
  );
  expect(changed).toSucceed();
  await expect(bindEmail(context, viewer, { email: address, code })).rejects.toThrow(CredentialRevokedError);
  expect(await query(postern.database, 'select email from accounts where username = ?', [user.username])).toEqual([
    { email: null },
  ]);
});

test.each([
  ['one address', newAddress()],
  ['the longest address', `${'p'.repeat(60)}@${['d', 'o', 'm'].map((mail) => mail.repeat(60)).join('.')}.example`],
])('limits emailed codes to five an hour per account, and to five for %s (R-25)', async (_, address) => {
  const limited = await startPostern({ SMTP_URL: mail.url, LIMITS: 'on' });
  try {
    const user = await newUser(limited);
    for (let n = 0; n < 5; n += 1) {
      expect(await ask(user.client, address)).toSucceed();
      await mail.mailTo(address, n + 1);
      limited.clock.advance({ minutes: 1 });
    }
    expect(await ask(user.client, newAddress())).toFailWith('RATE_LIMITED');
    const other = await newUser(limited);
    expect(await ask(other.client, address)).toSucceed();
    limited.clock.advance({ minutes: 1 });
    const sentinel = newAddress();
    expect(await ask(other.client, sentinel)).toSucceed();
    await mail.mailTo(sentinel);
    expect(mail.to(address)).toHaveLength(5);
  } finally {
    await limited.close();
  }
});

test('keeps emailed codes out of the database, logs and responses (R-43, R-98)', async () => {
  const [user, address] = [await newUser(postern), newAddress()];
  const code = await codeFor(user, address);
  const rows = await query(postern.database, 'select * from email_verifications where email = ?', [address]);
  expect(rows).toHaveLength(1);
  expect(JSON.stringify([rows, await query(postern.database, 'select data, output from pgboss.job')])).not.toContain(
    code,
  );
  await expectNoMoreMail();
  expect(postern.log.join('')).not.toMatch(new RegExp(`"${code}"|${address}`));
});

test('rejects binding an email address with MAIL_OFF when mail is turned off', async () => {
  const off = await startPostern({ MAIL: 'off' });
  const { client } = await newUser(off);
  expect(await ask(client, newAddress())).toBeRefusedWith(['MAIL_OFF']);
  await off.close();
});
