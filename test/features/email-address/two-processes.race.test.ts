import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { codeIn, MailServer, tokenIn } from '../../support/mail-server.js';
import { goodPassword, newAddress, newUsername } from '../../support/users.js';
import { startTwoServers, type TwoServers } from '../../support/two-servers.js';

let mail: MailServer;
let both: TwoServers;
beforeAll(async () => {
  mail = await MailServer.start();
  both = await startTwoServers({ SMTP_URL: mail.url });
});
afterAll(async () => {
  await both.stop();
  await mail.close();
});

const ROUNDS = 20;
const input = (mutation: string, fields = '') =>
  `mutation ($input: ${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input!) { ${mutation}(input: $input) { ${fields} userErrors { code } } }`;

/** Signs up a user. @returns the bearer token */
async function signUp(): Promise<string> {
  const { data } = await both.client(0).send(input('register', 'session { token }'), {
    input: { username: newUsername(), password: goodPassword, confirmPassword: goodPassword, delivery: 'BEARER' },
  });
  return data['register'].session.token as string;
}

const ask = (server: number, token: string, email: string) =>
  both.client(server, token).send(input('sendVerificationCode'), { input: { email } });
const bind = (server: number, token: string, email: string, code: string) =>
  both.client(server, token).send(input('bindEmail', 'user { email }'), { input: { email, code } });

/** Requests a code and reads it from the mail. */
async function codeFor(token: string, email: string): Promise<string> {
  const before = mail.to(email).length;
  await both.database.query("update email_verifications set created_at = created_at - interval '1 hour'");
  await ask(0, token, email);
  return codeIn(await mail.mailTo(email, before + 1));
}

async function bound(token: string, email: string): Promise<void> {
  await bind(0, token, email, await codeFor(token, email));
}

const codes = (answers: { data: Record<string, any> }[], mutation: string) =>
  answers.map(({ data }) => (data[mutation].userErrors as { code: string }[])[0]?.code ?? 'DONE').sort();

test('emails a code to one of two concurrently requested addresses, valid only for it (R-41)', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const [token, mine, theirs] = [await signUp(), newAddress(), newAddress()];
    const answers = await Promise.all([ask(0, token, mine), ask(1, token, theirs)]);
    expect(answers.filter(({ errors }) => errors[0]?.extensions['code'] === 'RATE_LIMITED')).toHaveLength(1);
    await mail.until(() => mail.to(mine).length + mail.to(theirs).length > 0);
    const [asked, other] = mail.to(mine).length > 0 ? [mine, theirs] : [theirs, mine];
    const code = codeIn(mail.to(asked)[0]!);
    expect(mail.to(other)).toEqual([]);
    expect((await bind(0, token, other, code)).data['bindEmail'].userErrors).toEqual([{ code: 'INVALID_CODE' }]);
    expect((await bind(1, token, asked, code)).data['bindEmail'].user).toEqual({ email: asked });
  }
});

test(`binds an address to one of two accounts that verify it concurrently, in ${ROUNDS} rounds (R-44)`, async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const [ada, bob, address] = [await signUp(), await signUp(), newAddress()];
    const [adas, bobs] = [await codeFor(ada, address), await codeFor(bob, address)];
    const answers = await Promise.all([bind(0, ada, address, adas), bind(1, bob, address, bobs)]);
    expect(codes(answers, 'bindEmail')).toEqual(['DONE', 'INVALID_CODE']);
    expect(await both.database.query('select id from accounts where email = $1', [address])).toHaveLength(1);
  }
});

test('binds an email address once when one code is used 20 times concurrently (R-43)', async () => {
  const [token, address] = [await signUp(), newAddress()];
  const code = await codeFor(token, address);
  const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => bind(n, token, address, code)));
  expect(codes(answers, 'bindEmail').filter((outcome) => outcome === 'DONE')).toHaveLength(1);
  expect(
    await both.database.query(
      "select id from security_events where type = 'EMAIL_BOUND' and account_id = (select id from accounts where email = $1)",
      [address],
    ),
  ).toHaveLength(1);
});

test('verifies five of 100 concurrent wrong emailed codes, then rejects the right one (R-18, R-43)', async () => {
  const [token, address] = [await signUp(), newAddress()];
  const code = await codeFor(token, address);
  await Promise.all(
    Array.from({ length: 100 }, (_, n) => bind(n, token, address, code === '000000' ? '111111' : '000000')),
  );
  expect(await both.database.query('select attempts from email_verifications where email = $1', [address])).toEqual([
    { attempts: 5 },
  ]);
  expect((await bind(0, token, address, code)).data['bindEmail'].userErrors).toEqual([{ code: 'INVALID_CODE' }]);
});

test('sets the password once when a reset token is used 20 times concurrently (R-48)', async () => {
  const [token, address] = [await signUp(), newAddress()];
  await bound(token, address);
  await both.client(0).send(input('requestPasswordReset'), { input: { email: address } });
  const reset = tokenIn(await mail.mailTo(address, 2));
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      both.client(n).send(input('resetPassword'), {
        input: { token: reset, newPassword: `Louder-Lantern-${n + 10}`, confirmPassword: `Louder-Lantern-${n + 10}` },
      }),
    ),
  );
  expect(codes(answers, 'resetPassword').filter((outcome) => outcome === 'DONE')).toHaveLength(1);
  expect(await both.database.query("select id from security_events where type = 'PASSWORD_RESET'")).toHaveLength(1);
});

test('reverts an email change once when its link is used 20 times concurrently (R-51)', async () => {
  const [token, previous] = [await signUp(), newAddress()];
  await bound(token, previous);
  await bound(token, newAddress());
  const link = tokenIn(await mail.mailTo(previous, 2));
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) => both.client(n).send(input('revertEmailChange'), { input: { token: link } })),
  );
  expect(codes(answers, 'revertEmailChange')).toEqual(['DONE', ...Array.from({ length: 19 }, () => 'INVALID_TOKEN')]);
});
