import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newApiToken, program } from '../api-token/own-token.js';
import { accountId } from '../security-event/events.js';
import { loginAs } from '../sign-in/login-as.js';
import { Client } from '../../support/client.js';
import { query } from '../../support/database.js';
import { graphql } from '../../support/generated/gql.js';
import type { SecondFactorInput } from '../../support/generated/graphql.js';
import { type MailServer, tokenIn } from '../../support/mail-server.js';
import { bindAddress, goodPassword, newAddress, newUser, signIn, type TestUser } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { startPosternWithMail } from '../../support/postern-with-mail.js';
import {
  confirmIdentity,
  confirmTwoFactor,
  openChallenge,
  scan,
  verifySecondFactor,
  type Authenticator,
} from '../../support/two-factor.js';

const RequestPasswordReset = graphql(`
  mutation RequestPasswordReset($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { userErrors { code field message } } }
`);

const ResetPassword = graphql(`
  mutation ResetPassword($input: ResetPasswordInput!) { resetPassword(input: $input) { userErrors { code field message } } }
`);

const nextPassword = 'Louder-Lantern-88';

let mail: MailServer;
let postern: TestPostern;
beforeAll(async () => {
  ({ mail, postern } = await startPosternWithMail());
});
afterAll(() => postern.close());

interface UserWithAddress extends TestUser {
  readonly address: string;
}

/** A user with a bound address. */
async function userWithAddress(): Promise<UserWithAddress> {
  const [user, address] = [await newUser(postern), newAddress()];
  await bindAddress(postern, mail, user, address);
  return { ...user, address };
}

const request = (email: string, client: Client = postern.client()) =>
  client.send(RequestPasswordReset, { input: { email } });
const reset = (
  token: string,
  input: { newPassword?: string; confirmPassword?: string; factor?: SecondFactorInput } = {},
  client: Client = postern.client(),
) =>
  client.send(ResetPassword, {
    input: { token, newPassword: nextPassword, confirmPassword: input.newPassword ?? nextPassword, ...input },
  });

/** Requests a reset and reads the token from the mail. */
async function tokenFor({ address }: UserWithAddress, client?: Client): Promise<string> {
  const tokens = () => mail.to(address).map(tokenIn).filter(Boolean);
  const before = tokens().length;
  expect(await request(address, client)).toSucceed();
  await mail.until(() => tokens().length > before);
  return tokens().at(-1)!;
}

const stored = ({ username }: TestUser) =>
  query(postern.database, 'select password_hash, auth_version from accounts where username = ?', [username]);
const canSignIn = async ({ username }: TestUser, password: string) =>
  (await loginAs(postern.client(), { login: username, password })).data.login?.session !== null;
const isSignedIn = async (client: Client) =>
  ((await client.copy().send('{ me { id } }')).data?.['me'] ?? null) !== null;

test('sets a new password with the emailed link and opens no session (R-47, R-49)', async () => {
  const user = await userWithAddress();
  await query(
    postern.database,
    "update accounts set password_note_ciphertext = 'of the previous password' where username = ?",
    [user.username],
  );
  const token = await tokenFor(user);
  const answer = await reset(token);
  expect(answer).toSucceed();
  expect(
    await query(postern.database, 'select password_note_ciphertext as note from accounts where username = ?', [
      user.username,
    ]),
  ).toEqual([{ note: null }]);
  expect(answer.headers.getSetCookie()).toEqual([]);
  expect(await canSignIn(user, nextPassword)).toBe(true);
  expect(await canSignIn(user, goodPassword)).toBe(false);
});

test('builds the reset link only from PUBLIC_URL, with the token in the fragment (R-46)', async () => {
  const user = await userWithAddress();
  const hostile = {
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'http',
    forwarded: 'host=evil.example',
    referer: 'https://evil.example/',
    'x-original-host': 'evil.example',
  };
  await tokenFor(user, new Client(postern.url, hostile));
  const { text, html } = mail.to(user.address).at(-1)!;
  expect(text).toMatch(/^http:\/\/localhost:4000\/reset-password#psr_\w{49}$/m);
  expect(html).toMatch(/href="http:\/\/localhost:4000\/reset-password#psr_\w{49}"/);
  expect(text + html).not.toContain('evil.example');
});

test('accepts a reset token once (R-48)', async () => {
  const user = await userWithAddress();
  const token = await tokenFor(user);
  expect(await reset(token)).toSucceed();
  const before = await stored(user);
  expect(await reset(token, { newPassword: 'Third-Thistle-99' })).toBeRefusedWith(['INVALID_TOKEN', 'token']);
  expect(await stored(user)).toEqual(before);
});

test('revokes sessions, known devices and challenges on a reset, and unlocks sign-in (R-50, R-19)', async () => {
  const user = await userWithAddress();
  const [other, program] = [await signIn(postern, user), await signIn(postern, user, 'BEARER')];
  const token = await tokenFor(user);
  for (let n = 0; n < 12; n += 1) await loginAs(postern.client(), { login: user.username, password: 'wrong-wrong' });
  expect(await canSignIn(user, goodPassword)).toBe(false);
  expect(await reset(token)).toSucceed();
  for (const client of [user.client, other, program]) expect(await isSignedIn(client)).toBe(false);
  expect(await canSignIn(user, nextPassword)).toBe(true);
});

test('reports all errors in the new password, and keeps the reset token valid', async () => {
  const user = await userWithAddress();
  const token = await tokenFor(user);
  const before = await stored(user);
  expect(await reset(token, { newPassword: 'short', confirmPassword: 'other' })).toBeRefusedWith(
    ['PASSWORD_TOO_SHORT', 'newPassword'],
    ['PASSWORDS_DIFFER', 'confirmPassword'],
  );
  expect(await reset(token, { newPassword: 'password1' })).toBeRefusedWith(['PASSWORD_TOO_COMMON', 'newPassword']);
  expect(await reset(token, { newPassword: `${user.address.split('@')[0]}0` })).toBeRefusedWith([
    'PASSWORD_CONTAINS_IDENTITY',
    'newPassword',
  ]);
  expect(await stored(user)).toEqual(before);
  expect(await reset(token)).toSucceed();
});

test.each([
  [
    'after half an hour',
    () => {
      postern.clock.advance({ minutes: 30 });
    },
  ],
  [
    'after a newer request',
    async (user: UserWithAddress) => {
      await tokenFor(user);
    },
  ],
  [
    'after a change of the password',
    async ({ client }: UserWithAddress) => {
      await client.send(
        'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { userErrors { code } } }',
        {
          input: {
            currentPassword: goodPassword,
            newPassword: 'Third-Thistle-99',
            confirmPassword: 'Third-Thistle-99',
          },
        },
      );
    },
  ],
  [
    'after a change of the address',
    async (user: UserWithAddress) => {
      await bindAddress(postern, mail, user, newAddress());
    },
  ],
  [
    'once the account is disabled',
    async ({ username }: UserWithAddress) => {
      await query(postern.database, "update accounts set status = 'DISABLED' where username = ?", [username]);
    },
  ],
])('rejects a reset token %s (R-47, R-48)', async (_, change) => {
  const user = await userWithAddress();
  const token = await tokenFor(user);
  await change(user);
  const before = await stored(user);
  expect(await reset(token)).toBeRefusedWith(['INVALID_TOKEN', 'token']);
  expect(await stored(user)).toEqual(before);
});

test('accepts a reset token after sign-ins and changes of the second factor (D-3)', async () => {
  const user = await userWithAddress();
  const token = await tokenFor(user);
  postern.clock.advance({ seconds: 1 });
  await signIn(postern, user);
  const app = await scan(postern, user.client);
  expect(await confirmTwoFactor(user.client, await app.code())).toSucceed();
  expect(await reset(token, { factor: { totpCode: await app.nextCode() } })).toSucceed();
});

test('rejects an emailed reset token after its address was replaced and bound again (D-3)', async () => {
  const user = await userWithAddress();
  const token = await tokenFor(user);
  await bindAddress(postern, mail, user, newAddress());
  // The code, the reset link and the notice of the change.
  await mail.mailTo(user.address, 3);
  await bindAddress(postern, mail, user, user.address);
  expect((await user.client.send('{ me { email } }')).data['me'].email).toBe(user.address);
  expect(await reset(token)).toBeRefusedWith(['INVALID_TOKEN', 'token']);
});

test('clears every lock on the password when it is reset, and forgets known networks (R-19)', async () => {
  const user = await userWithAddress();
  const id = await accountId(postern.database, user.username);
  const failures = () =>
    query(
      postern.database,
      `select bucket from attempts
       where bucket like 'password:%' and (bucket like '%' || ? || '%' or split_part(bucket, ':', 3) in (select id::text from sessions where account_id = ?))`,
      [id, id],
    );
  for (let n = 0; n < 10; n += 1) {
    await signIn(postern, { username: user.username, password: 'wrong' });
    await confirmIdentity(user.client, 'wrong');
  }
  expect((await failures()).length).toBeGreaterThanOrEqual(2);
  expect(await confirmIdentity(user.client, goodPassword)).toFailWith('RATE_LIMITED');
  expect(await reset(await tokenFor(user))).toSucceed();
  expect(await failures()).toEqual([]);
  const networks =
    'select known_networks.id from known_networks join accounts on accounts.id = account_id where username = ?';
  expect(await query(postern.database, networks, [user.username])).toEqual([]);
});

test('counts wrong app codes of a reset separately, so that they can’t lock sign-in (R-20)', async () => {
  const [user, app] = await userWithFactor();
  for (let link = 0; link < 2; link += 1) {
    const token = await tokenFor(user);
    for (let n = 0; n < 5; n += 1)
      expect(await reset(token, { factor: { totpCode: await app.wrongCode() } })).toBeRefusedWith([
        'INVALID_CODE',
        'factor',
      ]);
  }
  expect(await confirmIdentity(user.client, user.password, { totpCode: await app.nextCode() })).toSucceed();
  // A right code, wherever it is entered, clears the failures of recovery too.
  expect(await reset(await tokenFor(user), { factor: { totpCode: await app.nextCode() } })).toSucceed();
});

test('rejects other, empty and made-up tokens as a reset token (R-42)', async () => {
  const user = await newUser(postern, 'BEARER');
  for (const token of ['', ' ', 'null', `psr_${'0'.repeat(49)}`, user.client.token!])
    expect(await reset(token)).toBeRefusedWith(['INVALID_TOKEN', 'token']);
});

test('requires the second factor for a reset when it is on, without taking an attempt (R-49)', async () => {
  const [user, app] = await userWithFactor();
  const token = await tokenFor(user);
  const before = await stored(user);
  for (let n = 0; n < 10; n += 1) expect(await reset(token)).toBeRefusedWith(['SECOND_FACTOR_REQUIRED', 'factor']);
  expect(await stored(user)).toEqual(before);
  expect(await reset(token, { factor: { totpCode: await app.nextCode() } })).toSucceed();
  expect(await openChallenge(postern.client(), { ...user, password: nextPassword })).toMatch(/^psc_/);
});

/** A user with a bound address and two-factor authentication, and the authenticator app. */
async function userWithFactor(): Promise<[UserWithAddress, Authenticator, readonly string[]]> {
  const user = await userWithAddress();
  const app = await scan(postern, user.client);
  const { data } = await confirmTwoFactor(user.client, await app.code());
  return [user, app, data.confirmTwoFactor!.backupCodes!];
}

test('accepts and consumes a backup code for a reset (R-38, R-49)', async () => {
  const [user, , [code]] = await userWithFactor();
  expect(await reset(await tokenFor(user), { factor: { backupCode: code! } })).toSucceed();
  postern.clock.advance({ seconds: 1 });
  expect(await reset(await tokenFor(user), { factor: { backupCode: code! } })).toBeRefusedWith([
    'INVALID_CODE',
    'factor',
  ]);
});

test('rejects the reset token after five wrong or malformed factors (R-15, R-49)', async () => {
  const [user, app] = await userWithFactor();
  const token = await tokenFor(user);
  const before = await stored(user);
  for (const factor of [
    { totpCode: await app.wrongCode() },
    { totpCode: '12' },
    { backupCode: 'nothing' },
    { totpCode: '' },
    { totpCode: await app.wrongCode() },
  ]) {
    expect(await reset(token, { factor })).toBeRefusedWith(['INVALID_CODE', 'factor']);
  }
  expect(await reset(token, { factor: { totpCode: await app.nextCode() } })).toBeRefusedWith([
    'INVALID_TOKEN',
    'token',
  ]);
  expect(await stored(user)).toEqual(before);
});

test('revokes the API token on a reset, but keeps 2FA on with its failures (R-20, R-50)', async () => {
  const [user, app] = await userWithFactor();
  const token = await newApiToken(user.client);
  for (let n = 0; n < 3; n += 1)
    await verifySecondFactor(postern.client(), await openChallenge(postern.client(), user), {
      totpCode: await app.wrongCode(),
    });
  expect(await reset(await tokenFor(user), { factor: { backupCode: 'wrong' } })).toBeRefusedWith([
    'INVALID_CODE',
    'factor',
  ]);
  expect(await program(postern, token).send('{ me { id } }')).not.toFailWith('UNAUTHENTICATED');
  expect(
    await query(
      postern.database,
      "select failures from attempts where bucket = (select 'second-factor:' || id from accounts where username = ?)",
      [user.username],
    ),
  ).toEqual([{ failures: 3 }]);
  expect(await reset(await tokenFor(user), { factor: { totpCode: await app.nextCode() } })).toSucceed();
  expect(await program(postern, token).send('{ me { id } }')).toFailWith('UNAUTHENTICATED');
});

test('hides whether an address is known, unknown or disabled, and emails only active accounts (R-47)', async () => {
  const [known, disabled] = [await userWithAddress(), await userWithAddress()];
  await query(postern.database, "update accounts set status = 'DISABLED' where username = ?", [disabled.username]);
  const [answers, sent] = [
    [await request(known.address), await request(disabled.address), await request(newAddress())],
    mail.mails.length,
  ];
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  await mail.mailTo(known.address, 2);
  await tokenFor(await userWithAddress());
  expect(mail.to(disabled.address)).toHaveLength(1);
  expect(mail.mails.length).toBe(sent + 3);
});

test('limits reset emails to three an hour per account, and requests to ten per IP address (R-25)', async () => {
  const limited = await startPostern({ SMTP_URL: mail.url, LIMITS: 'on' });
  try {
    const [user, address] = [await newUser(limited), newAddress()];
    await bindAddress(limited, mail, user, address);
    const answers = [];
    for (let n = 0; n < 10; n += 1)
      answers.push(await limited.client().send(RequestPasswordReset, { input: { email: address } }));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(await limited.client().send(RequestPasswordReset, { input: { email: address } })).toFailWith('RATE_LIMITED');
    const sentinel = newAddress();
    await bindAddress(limited, mail, await newUser(limited), sentinel);
    expect(mail.to(address)).toHaveLength(4);
  } finally {
    await limited.close();
  }
});

test('rejects a reset request with an invalid address, and any when mail is turned off', async () => {
  expect(await request('nobody')).toBeRefusedWith(['EMAIL_INVALID', 'email']);
  const off = await startPostern({ MAIL: 'off' });
  expect(await request(newAddress(), off.client())).toBeRefusedWith(['MAIL_OFF']);
  await off.close();
});

test('stores a reset token only as a hash, and keeps it out of logs (R-47, R-98)', async () => {
  const user = await userWithAddress();
  const token = await tokenFor(user);
  const rows = JSON.stringify([
    await query(postern.database, 'select * from password_resets'),
    await query(postern.database, 'select data, output from pgboss.job'),
  ]);
  expect(rows).not.toContain(token);
  expect(postern.log.join('')).not.toContain(token.slice(4));
});

test('signs in by email address in any case, and counts failures together with the username (R-21)', async () => {
  const user = await userWithAddress();
  expect(
    (await loginAs(postern.client(), { login: user.address.toUpperCase(), password: goodPassword })).data.login!.user!
      .username,
  ).toBe(user.username);
  for (let n = 0; n < 5; n += 1) {
    await loginAs(postern.client(), { login: user.address, password: 'wrong-wrong' });
    await loginAs(postern.client(), { login: user.username.toUpperCase(), password: 'wrong-wrong' });
  }
  expect(await canSignIn(user, goodPassword)).toBe(false);
});
