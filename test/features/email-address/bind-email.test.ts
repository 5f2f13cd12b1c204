import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { bindEmail } from '../../../src/features/email-address/bind-email.js';
import { findViewerBySession } from '../../../src/features/session/find-viewer-by-session.js';
import type { Client } from '../../support/client.js';
import { query } from '../../support/database.js';
import { graphql } from '../../support/generated/gql.js';
import { codeIn, type MailServer } from '../../support/mail-server.js';
import { bindAddress, newAddress, newPerson, signIn, type Person } from '../../support/people.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { startPosternWithMail } from '../../support/postern-with-mail.js';
import { CredentialEnded } from '../../../src/rules/authority.js';
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

/** Asks for a code and takes it from the mail. */
async function codeFor(person: Person, email: string): Promise<string> {
  const before = mail.to(email).length;
  expect(await ask(person.client, email)).toSucceed();
  return codeIn(await mail.mailTo(email, before + 1));
}

const wrong = (code: string) => (code === '000000' ? '111111' : '000000');

/** Resolves when everything that was queued before has been dealt with: mails leave one after the other. */
async function nothingMoreIsComing(): Promise<void> {
  const [last, address] = [await newPerson(postern), newAddress()];
  await codeFor(last, address);
}

test('a person binds the address that the code was mailed to, and it is the account’s from then on (R-41)', async () => {
  const [person, address] = [await newPerson(postern), newAddress()];
  const answer = await ask(person.client, address);
  const now = postern.clock.read().getTime();
  expect(answer.data.sendVerificationCode).toEqual({
    expiresAt: new Date(now + 600_000).toISOString(),
    resendAfter: new Date(now + 60_000).toISOString(),
    userErrors: [],
  });
  const received = await mail.mailTo(address);
  expect(received.subject).toBe('Your verification code');
  expect(codeIn(received)).toMatch(/^\d{6}$/);
  expect(await emailOf(person.client)).toBeNull();
  const bound = await bind(person.client, address, codeIn(received));
  expect(bound).toSucceed();
  expect(bound.data.bindEmail!.user!.email).toBe(address);
  expect(await emailOf(person.client)).toBe(address);
});

test('what is typed with spaces, in capitals and with a domain in another script is the same address (R-44)', async () => {
  const person = await newPerson(postern);
  expect(await ask(person.client, 'Anna@xn--bcher-kva.example')).toSucceed();
  const code = codeIn(await mail.mailTo('Anna@bücher.example'));
  expect(await bind(person.client, ' anna@BÜCHER.example ', `${code.slice(0, 3)} ${code.slice(3)}`)).toSucceed();
  expect(await emailOf(person.client)).toBe('Anna@xn--bcher-kva.example');
});

test('a code works once (R-43)', async () => {
  const [person, address] = [await newPerson(postern), newAddress()];
  const code = await codeFor(person, address);
  expect(await bind(person.client, address, code)).toSucceed();
  expect(await bind(person.client, address, code)).toBeRefusedWith(['INVALID_CODE', 'code']);
});

test('a wrong, empty, blank and malformed code is refused alike and binds nothing, and after five the right one too (R-15, R-43)', async () => {
  const [person, address] = [await newPerson(postern), newAddress()];
  const code = await codeFor(person, address);
  for (const attempt of [wrong(code), '', '   ', 'undefined', `${code}0`])
    expect(await bind(person.client, address, attempt)).toBeRefusedWith(['INVALID_CODE', 'code']);
  expect(await bind(person.client, address, code)).toBeRefusedWith(['INVALID_CODE', 'code']);
  expect(await emailOf(person.client)).toBeNull();
});

test('no code binds anything where none was asked for (R-43)', async () => {
  const person = await newPerson(postern);
  for (const code of ['', 'null', '000000'])
    expect(await bind(person.client, newAddress(), code)).toBeRefusedWith(['INVALID_CODE', 'code']);
});

test('a code dies after ten minutes (R-43)', async () => {
  const [person, address] = [await newPerson(postern), newAddress()];
  const code = await codeFor(person, address);
  postern.clock.advance({ minutes: 10 });
  expect(await bind(person.client, address, code)).toBeRefusedWith(['INVALID_CODE', 'code']);
});

test('another code may be asked for after a minute, and kills the former one (R-43)', async () => {
  const [person, address] = [await newPerson(postern), newAddress()];
  const first = await codeFor(person, address);
  const refused = await ask(person.client, address);
  expect(refused).toFailWith('RATE_LIMITED');
  expect(refused.errors[0]!.extensions['retryAfterSeconds']).toBe(60);
  postern.clock.advance({ minutes: 1 });
  const second = await codeFor(person, address);
  if (first !== second) expect(await bind(person.client, address, first)).toBeRefusedWith(['INVALID_CODE', 'code']);
  expect(await bind(person.client, address, second)).toSucceed();
});

test('a code of one person, or of one address, binds nothing for another (R-42)', async () => {
  const [ada, bob] = [await newPerson(postern), await newPerson(postern)];
  const [first, second] = [newAddress(), newAddress()];
  const [adas, bobs] = [await codeFor(ada, first), await codeFor(bob, second)];
  for (const [person, address, code] of [
    [ada, first, bobs],
    [ada, second, bobs],
    [bob, second, adas],
    [bob, first, adas],
    [ada, second, adas],
    [bob, first, bobs],
  ] as const) {
    if (adas !== bobs) expect(await bind(person.client, address, code)).toBeRefusedWith(['INVALID_CODE', 'code']);
  }
  expect(await bind(ada.client, first, adas)).toSucceed();
  expect(await bind(bob.client, second, bobs)).toSucceed();
});

test('a taken address gets the same answer and no code; its owner is told, and a guess at a code binds nothing (R-44)', async () => {
  const [owner, other, address] = [await newPerson(postern), await newPerson(postern), newAddress()];
  await bindAddress(postern, mail, owner, address);
  const free = await ask((await newPerson(postern)).client, newAddress());
  const taken = await ask(other.client, address.toUpperCase());
  expect(taken.text).toBe(free.text);
  const told = await mail.mailTo(address, 2);
  expect(told.subject).toBe('Somebody tried to use your email address');
  expect(codeIn(told)).toBe('');
  expect(told.text).toContain(owner.username);
  expect(told.text).not.toContain(other.username);
  expect(
    await query(
      postern.database,
      'select code_hash from email_verifications where account_id = (select id from accounts where username = ?)',
      [other.username],
    ),
  ).toEqual([{ code_hash: null }]);
  expect(await bind(other.client, address, '000000')).toBeRefusedWith(['INVALID_CODE', 'code']);
});

test('of two people who prove one address, the first has it (R-44)', async () => {
  const [ada, bob, address] = [await newPerson(postern), await newPerson(postern), newAddress()];
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
])('%j is no address, and nothing is sent (R-45)', async (address) => {
  const { client } = await newPerson(postern);
  expect(await ask(client, address)).toBeRefusedWith(['EMAIL_INVALID', 'email']);
  expect(
    await query(
      postern.database,
      `select name from pgboss.job where name = 'mail' and data->>'kind' = 'VERIFICATION_CODE' and state in ('created', 'active', 'retry')`,
    ),
  ).toEqual([]);
});

test('a list of addresses is no address at all: the request is malformed (R-45)', async () => {
  const { client } = await newPerson(postern);
  const answer = await client.send(
    'mutation ($input: SendVerificationCodeInput!) { sendVerificationCode(input: $input) { userErrors { code } } }',
    { input: { email: ['a@x.example', 'b@y.example'] } },
  );
  expect(answer).toFailWith('BAD_USER_INPUT');
});

test('asking for a code needs a session that proved lately who it is, and binding needs a session (R-61)', async () => {
  const person = await newPerson(postern);
  expect(await ask(postern.client(), newAddress())).toFailWith('UNAUTHENTICATED');
  expect(await bind(postern.client(), newAddress(), '000000')).toFailWith('UNAUTHENTICATED');
  const address = newAddress();
  const code = await codeFor(person, address);
  postern.clock.advance({ minutes: 9 });
  expect(await bind(person.client, address, wrong(code))).toBeRefusedWith(['INVALID_CODE', 'code']);
  postern.clock.advance({ minutes: 2 });
  expect(await ask(person.client, newAddress())).toFailWith('STEP_UP_REQUIRED');
});

test('a change of the password kills a code that was under way (R-50)', async () => {
  const [person, address] = [await newPerson(postern), newAddress()];
  const code = await codeFor(person, address);
  await query(postern.database, 'update accounts set auth_version = auth_version + 1 where username = ?', [
    person.username,
  ]);
  const again = await signIn(postern, person);
  expect(await bind(again, address, code)).toBeRefusedWith(['INVALID_CODE', 'code']);
});

test('a change of the password that comes in while an address is being bound wins: nothing is bound (R-50)', async () => {
  const [person, address] = [await newPerson(postern, 'BEARER'), newAddress()];
  const code = await codeFor(person, address);
  const context = ruleContext(postern);
  const viewer = (await findViewerBySession(context.reader, person.client.token!, 'BEARER', context.now))!;
  const changed = await person.client.send(
    'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { userErrors { code } session { token } } }',
    {
      input: {
        currentPassword: person.password,
        newPassword: 'Louder-Lantern-88',
        confirmPassword: 'Louder-Lantern-88',
      },
    },
  );
  expect(changed).toSucceed();
  await expect(bindEmail(context, viewer, { email: address, code })).rejects.toThrow(CredentialEnded);
  expect(await query(postern.database, 'select email from accounts where username = ?', [person.username])).toEqual([
    { email: null },
  ]);
});

test.each([
  ['one address', newAddress()],
  ['the longest address', `${'p'.repeat(60)}@${['d', 'o', 'm'].map((letter) => letter.repeat(60)).join('.')}.example`],
])('one person gets at most five codes an hour, and %s at most five, whoever asks (R-25)', async (_, address) => {
  const limited = await startPostern({ SMTP_URL: mail.url, LIMITS: 'on' });
  try {
    const person = await newPerson(limited);
    for (let n = 0; n < 5; n += 1) {
      expect(await ask(person.client, address)).toSucceed();
      await mail.mailTo(address, n + 1);
      limited.clock.advance({ minutes: 1 });
    }
    expect(await ask(person.client, newAddress())).toFailWith('RATE_LIMITED');
    const other = await newPerson(limited);
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

test('no code stands in the database, in the log or in an answer (R-43, R-98)', async () => {
  const [person, address] = [await newPerson(postern), newAddress()];
  const code = await codeFor(person, address);
  const rows = await query(postern.database, 'select * from email_verifications where email = ?', [address]);
  expect(rows).toHaveLength(1);
  expect(JSON.stringify([rows, await query(postern.database, 'select data, output from pgboss.job')])).not.toContain(
    code,
  );
  await nothingMoreIsComing();
  expect(postern.log.join('')).not.toMatch(new RegExp(`"${code}"|${address}`));
});

test('where mail is off, an address cannot be bound, and that is said', async () => {
  const off = await startPostern({ MAIL: 'off' });
  const { client } = await newPerson(off);
  expect(await ask(client, newAddress())).toBeRefusedWith(['MAIL_OFF']);
  await off.close();
});
