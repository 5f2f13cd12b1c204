import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { accountEnabledNotice } from '../../../src/features/mail/content/administration-notices.js';
import { notices } from '../../../src/features/mail/content/notices.js';
import { composeNotice } from '../../../src/features/mail/compose-notice.js';
import { renderMail } from '../../../src/features/mail/content/render.js';
import { createKey, newCallKeyOf, rotateKey } from '../call-key/own-keys.js';
import { newUserOfRole } from '../administration/administrators.js';
import { act, type ActName } from '../administration/actions.js';
import { cancelDeletion, deleteMyAccount, linkTo } from '../account-closure/closure.js';
import { revokeEverything } from '../revoke-everything/revoke.js';
import { loginAs } from '../sign-in/login-as.js';
import { Client } from '../../support/client.js';
import { query } from '../../support/database.js';
import { type MailServer, tokenIn, type ReceivedMail } from '../../support/mail-server.js';
import { addUnusablePasskeys, addPasskey, deletePasskey } from '../../support/passkeys.js';
import { bindAddress, goodPassword, newAddress, newUser, newUsername, type TestUser } from '../../support/users.js';
import { createAccessToken, newAccessToken, rotateAccessToken } from '../../support/access-tokens.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { startPosternWithMail } from '../../support/postern-with-mail.js';
import { signInAndTrust } from '../../support/trusted-browsers.js';
import {
  confirmTwoFactor,
  disableTwoFactor,
  markTwoFactorOn,
  regenerateBackupCodes,
  scan,
  signInWithFactor,
} from '../../support/two-factor.js';

let mail: MailServer;
let postern: TestPostern;
beforeAll(async () => {
  ({ mail, postern } = await startPosternWithMail({ TRUSTED_BROWSER_DAYS: '30' }));
});
afterAll(() => postern.close());

type UserWithAddress = TestUser & { readonly address: string };

async function userWithAddress(): Promise<UserWithAddress> {
  const [user, address] = [await newUser(postern), newAddress()];
  await bindAddress(postern, mail, user, address);
  return { ...user, address };
}

const input = (mutation: string) =>
  `mutation ($input: ${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input!) { ${mutation}(input: $input) { userErrors { code } } }`;
const changeUsername = ({ client }: TestUser) =>
  client.send(input('changeUsername'), { input: { username: newUsername() } });

const administrate = async ({ id }: TestUser, name: ActName, extra: Record<string, unknown> = {}) =>
  act((await newUserOfRole(postern, 'ROOT')).client, name, { userId: id, ...extra });

/** Waits for the mail to an address that has a link with a token. */
async function mailWithLink(address: string): Promise<ReceivedMail> {
  const hasLink = ({ text }: ReceivedMail) => /#p\w\w_/.test(text);
  await mail.until(() => mail.to(address).some(hasLink));
  return mail.to(address).find(hasLink)!;
}

/** A way to trigger each notice. A new notice does not compile without one. */
const causes: Record<keyof typeof notices, (user: UserWithAddress) => Promise<unknown>> = {
  USER_STATUS_SET: (user) => administrate(user, 'setUserStatus', { status: 'DISABLED' }),
  USER_ROLE_SET: (user) => administrate(user, 'setUserRole', { role: 'ADMIN' }),
  USER_TWO_FACTOR_RESET: async (user) => {
    await markTwoFactorOn(postern.database, user.username);
    await administrate(user, 'resetUserTwoFactor');
  },
  USER_SESSIONS_REVOKED: (user) => administrate(user, 'revokeUserSessions'),
  USER_DELETED: (user) => administrate(user, 'deleteUser'),
  USER_RESTORED: async (user) => {
    await administrate(user, 'deleteUser');
    await administrate(user, 'restoreUser');
  },
  NEW_DEVICE_SEEN: ({ username }) =>
    loginAs(
      new Client(postern.url, {
        'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
      }),
      { login: username, password: goodPassword },
    ),
  LOGIN_CHALLENGED: async ({ username }) => {
    await markTwoFactorOn(postern.database, username);
    await loginAs(postern.client(), { login: username, password: goodPassword });
    await query(
      postern.database,
      "update pgboss.job set start_after = now() where name = 'mail' and state = 'created'",
    );
  },
  ATTEMPTS_LOCKED: async ({ username }) => {
    for (let n = 0; n < 10; n += 1) await loginAs(postern.client(), { login: username, password: 'wrong-wrong' });
  },
  USERNAME_CHANGED: changeUsername,
  PASSWORD_CHANGED: ({ client }) =>
    client.send(input('changePassword'), {
      input: { currentPassword: goodPassword, newPassword: 'Louder-Lantern-88', confirmPassword: 'Louder-Lantern-88' },
    }),
  PASSWORD_RESET: async ({ address }) => {
    await postern.client().send(input('requestPasswordReset'), { input: { email: address } });
    const token = tokenIn(await mailWithLink(address));
    await postern.client().send(input('resetPassword'), {
      input: { token, newPassword: 'Louder-Lantern-88', confirmPassword: 'Louder-Lantern-88' },
    });
  },
  TWO_FACTOR_ENABLED: async ({ client }) => confirmTwoFactor(client, await (await scan(postern, client)).code()),
  TWO_FACTOR_DISABLED: async ({ client }) => {
    const app = await scan(postern, client);
    await confirmTwoFactor(client, await app.code());
    await disableTwoFactor(client, { totpCode: await app.nextCode() });
  },
  PASSKEY_ADDED: addPasskey,
  PASSKEY_REMOVED: async (user) => {
    const { client, passkeyId, password, backupCodes } = await addPasskey(user);
    await deletePasskey(client, passkeyId, { password, factor: { backupCode: backupCodes[0]! } });
  },
  BROWSER_TRUSTED: async ({ client, ...user }) => {
    const app = await scan(postern, client);
    await confirmTwoFactor(client, await app.code());
    await signInAndTrust(postern.client(), user, { totpCode: await app.nextCode() });
  },
  BACKUP_CODE_USED: async (user) => {
    const { data } = await confirmTwoFactor(user.client, await (await scan(postern, user.client)).code());
    await signInWithFactor(postern, user, { backupCode: data.confirmTwoFactor!.backupCodes![0]! });
  },
  BACKUP_CODES_REGENERATED: async ({ client }) => {
    const app = await scan(postern, client);
    await confirmTwoFactor(client, await app.code());
    await regenerateBackupCodes(client, await app.nextCode());
  },
  API_TOKEN_VIEWED: async ({ client }) => {
    await client.send('mutation { resetApiToken { userErrors { code } } }');
    await client.send('mutation { viewApiToken { userErrors { code } } }');
  },
  API_TOKEN_RESET: ({ client }) => client.send('mutation { resetApiToken { userErrors { code } } }'),
  ACCESS_TOKEN_CREATED: ({ client }) => createAccessToken(client),
  ACCESS_TOKEN_ROTATED: async ({ client }) =>
    rotateAccessToken(client, { id: (await newAccessToken(client)).id, graceHours: 0 }),
  EVERYTHING_REVOKED: ({ client }) => revokeEverything(client),
  CALL_KEY_CREATED: ({ client }) => createKey(client),
  CALL_KEY_ROTATED: async ({ client }) => rotateKey(client, (await newCallKeyOf(client)).id),
  DELETION_CANCELED: async ({ client, address }) => {
    await deleteMyAccount(client);
    await cancelDeletion(postern.client(), await linkTo(mail, address));
  },
  EMAIL_CHANGE_REVERTED: async (user) => {
    await bindAddress(postern, mail, user, newAddress());
    const token = tokenIn(await mailWithLink(user.address));
    await postern.client().send(input('revertEmailChange'), { input: { token } });
  },
};

/** Waits for the mail to an address with this subject. */
async function mailWith(address: string, subject: string): Promise<ReceivedMail> {
  await mail.until(() => mail.to(address).some((received) => received.subject === subject));
  return mail.to(address).find((received) => received.subject === subject)!;
}

test.each(Object.entries(causes) as [keyof typeof notices, (user: UserWithAddress) => Promise<unknown>][])(
  'emails %s to the bound address in the user’s language, with the time and no secret (R-99)',
  async (type, cause) => {
    const notice = notices[type];
    const [english, chinese] = [await userWithAddress(), await userWithAddress()];
    await chinese.client.send(input('setLocale'), { input: { locale: 'ZH' } });
    for (const [user, locale] of [
      [english, 'EN'],
      [chinese, 'ZH'],
    ] as const) {
      await cause(user);
      const { text, html } = await mailWith(user.address, notice.subject[locale]);
      expect(text).toContain(notice.text[locale]);
      expect(text).toContain(locale === 'ZH' ? '时间' : 'Time');
      // An administrator's IP address is not shown to users.
      if (type.startsWith('USER_')) expect(text).not.toContain('127.0.0.1');
      else expect(text).toContain('127.0.0.1');
      expect(html).toContain(locale === 'ZH' ? 'lang="zh-CN"' : 'lang="en"');
      for (const secret of [goodPassword, 'Louder-Lantern-88', 'psr_', 'pse_', 'psl_', 'pss_', 'psc_', 'pat_'])
        expect(text + html).not.toContain(secret);
    }
  },
);

test.each(['PASSWORD_CHANGED', 'PASSWORD_RESET', 'EMAIL_CHANGE_REVERTED'] as const)(
  'lists in the email about %s the call keys, by hint, and passkeys that still work (R-50, D-9)',
  async (type) => {
    const user = await userWithAddress();
    const keys = [await newCallKeyOf(user.client, { name: 'https://evil.example' }), await newCallKeyOf(user.client)];
    await addUnusablePasskeys(postern.database, user.username, 2);
    await causes[type](user);
    const { text, html } = await mailWith(user.address, notices[type].subject.EN);
    expect(text.match(/^Passkey added: .* UTC$/gm)).toHaveLength(2);
    expect(text + html).not.toContain('Phone');
    for (const { hint, key } of keys) {
      expect(text).toContain(hint);
      expect(text + html).not.toContain(key.slice(8, -4));
    }
    expect(text + html).not.toContain('evil.example');
  },
);

test('emails a user when an administrator enables the account', async () => {
  const user = await userWithAddress();
  await administrate(user, 'setUserStatus', { status: 'DISABLED' });
  await administrate(user, 'setUserStatus', { status: 'ACTIVE' });
  const { text } = await mailWith(user.address, accountEnabledNotice.subject.EN);
  expect(text).toContain(accountEnabledNotice.text.EN);
  expect(text).not.toContain('ACTIVE');
});

test.each([
  ['EN', 'New role: Administrator'],
  ['ZH', '新角色：管理员'],
] as const)('names a user’s new role in the email in their language (%s)', async (locale, line) => {
  const user = await userWithAddress();
  await user.client.send(input('setLocale'), { input: { locale } });
  await causes.USER_ROLE_SET(user);
  expect((await mailWith(user.address, notices.USER_ROLE_SET.subject[locale])).text).toContain(line);
});

test('sends no notice to a user without an email address', async () => {
  const user = await newUser(postern);
  await changeUsername(user);
  const other = await userWithAddress();
  await changeUsername(other);
  await mailWith(other.address, notices.USERNAME_CHANGED.subject.EN);
  expect(mail.mails.some(({ text }) => text.includes(user.username))).toBe(false);
});

test('sends no notice about a sign-in challenge that was completed (R-99)', async () => {
  const user = await userWithAddress();
  await markTwoFactorOn(postern.database, user.username);
  await loginAs(postern.client(), { login: user.username, password: goodPassword });
  await query(
    postern.database,
    'delete from two_factors where account_id = (select id from accounts where username = ?)',
    [user.username],
  );
  postern.clock.advance({ seconds: 1 });
  await loginAs(postern.client(), { login: user.username, password: goodPassword });
  await query(postern.database, "update pgboss.job set start_after = now() where name = 'mail' and state = 'created'");
  const other = await userWithAddress();
  await changeUsername(other);
  await mailWith(other.address, notices.USERNAME_CHANGED.subject.EN);
  expect(mail.to(user.address).map(({ subject }) => subject)).not.toContain(notices.LOGIN_CHALLENGED.subject.EN);
});

test('sends a notice about an abandoned challenge, even after another device signs in (R-99)', async () => {
  const user = await userWithAddress();
  await markTwoFactorOn(postern.database, user.username);
  await loginAs(new Client(postern.url, { 'user-agent': 'a stranger' }), {
    login: user.username,
    password: goodPassword,
  });
  await query(
    postern.database,
    'delete from two_factors where account_id = (select id from accounts where username = ?)',
    [user.username],
  );
  postern.clock.advance({ seconds: 1 });
  await loginAs(postern.client(), { login: user.username, password: goodPassword });
  await query(postern.database, "update pgboss.job set start_after = now() where name = 'mail' and state = 'created'");
  await mailWith(user.address, notices.LOGIN_CHALLENGED.subject.EN);
});

test('states in the email how many backup codes are left when one is used (R-40)', async () => {
  const user = await userWithAddress();
  const { data } = await confirmTwoFactor(user.client, await (await scan(postern, user.client)).code());
  const codes = data.confirmTwoFactor!.backupCodes!;
  await signInWithFactor(postern, user, { backupCode: codes[0]! });
  expect((await mailWith(user.address, notices.BACKUP_CODE_USED.subject.EN)).text).toMatch(
    new RegExp(`Backup codes left:? *${codes.length - 1}\\b`),
  );
});

test('limits an email notice that anyone can trigger to one an hour (R-99)', async () => {
  const limited = await startPostern({ SMTP_URL: mail.url, LIMITS: 'on' });
  try {
    const [user, address] = [await newUser(limited), newAddress()];
    await bindAddress(limited, mail, user, address);
    for (let lock = 0; lock < 2; lock += 1) {
      for (let n = 0; n < 10; n += 1)
        await loginAs(limited.client(), { login: user.username, password: 'wrong-wrong' });
      limited.clock.advance({ hours: 2 });
    }
    expect(await query(limited.database, "select id from security_events where type = 'ATTEMPTS_LOCKED'")).toHaveLength(
      2,
    );
    await changeUsername(user);
    const confirmed = await user.client.send(input('confirmIdentity'), { input: { password: goodPassword } });
    expect(confirmed).toFailWith('UNAUTHENTICATED');
    const sentinel = newAddress();
    await bindAddress(limited, mail, await newUser(limited), sentinel);
    expect(mail.to(address).filter(({ subject }) => subject === notices.ATTEMPTS_LOCKED.subject.EN)).toHaveLength(1);
  } finally {
    await limited.close();
  }
});

test('sends at most ten notices of one kind an hour to a user, and still those of other kinds (R-99)', async () => {
  const limited = await startPostern({ SMTP_URL: mail.url, LIMITS: 'on' });
  try {
    const [user, address] = [await newUser(limited), newAddress()];
    await bindAddress(limited, mail, user, address);
    for (let n = 0; n < 12; n += 1) await user.client.send('mutation { resetApiToken { userErrors { code } } }');
    await changeUsername(user);
    const sent = (subject: string) => mail.to(address).filter((received) => received.subject === subject);
    await mail.until(() => sent(notices.USERNAME_CHANGED.subject.EN).length > 0);
    expect(sent(notices.API_TOKEN_RESET.subject.EN)).toHaveLength(10);
  } finally {
    await limited.close();
  }
});

test('sends a notice to the address that was bound at the time of the event (R-99)', async () => {
  const user = await userWithAddress();
  postern.clock.advance({ seconds: 1 });
  await changeUsername(user);
  await mailWith(user.address, notices.USERNAME_CHANGED.subject.EN);
  const [event] = await query<{ id: string }>(
    postern.database,
    "select id from security_events where account_id = (select id from accounts where email = ?) and type = 'USERNAME_CHANGED'",
    [user.address],
  );
  const compose = () =>
    composeNotice({ ...postern.app.dependencies, reader: postern.database.reader } as never, event!.id, false);
  expect((await compose())?.to).toBe(user.address);
  for (let n = 0; n < 2; n += 1) {
    postern.clock.advance({ seconds: 1 });
    await bindAddress(postern, mail, user, newAddress());
  }
  expect((await compose())?.to).toBe(user.address);
});

test('keeps messages and links in the user agent out of emails (R-98)', async () => {
  const user = await userWithAddress();
  await loginAs(
    new Client(postern.url, { 'user-agent': 'Your account is blocked, go to http://evil.example/<img/1 now' }),
    { login: user.username, password: goodPassword },
  );
  const { html, text } = await mailWith(user.address, notices.NEW_DEVICE_SEEN.subject.EN);
  expect(html + text).not.toMatch(/evil|blocked|img/);
});

test('escapes all content of an email in HTML (R-98)', () => {
  const content = {
    subject: '<i>',
    paragraphs: ['<b> & "quoted"'],
    facts: [['<u>', '<img src=x>']] as [string, string][],
  };
  const { html } = renderMail(
    { to: 'user@mail.example', locale: 'EN', username: '<s>', mail: content },
    'http://localhost:4000',
  );
  expect(html).not.toMatch(/<[ibus]>|<img/);
  expect(html).toContain('&lt;img src=x&gt;');
});

test('records a new device only once, for a browser or a program (R-99)', async () => {
  const user = await userWithAddress();
  const program = new Client(postern.url, { 'user-agent': 'a program' });
  for (let n = 0; n < 3; n += 1)
    await loginAs(program, { login: user.username, password: goodPassword, delivery: 'BEARER' });
  expect(
    await query(
      postern.database,
      "select id from security_events where type = 'NEW_DEVICE_SEEN' and account_id = (select id from accounts where username = ?)",
      [user.username],
    ),
  ).toHaveLength(1);
});

test.each([
  ['PASSWORD_CHANGED', true],
  ['PASSWORD_RESET', false],
] as const)('lists in the email about %s the access tokens that still work, by hint: %s', async (type, stillWorks) => {
  const user = await userWithAddress();
  const { token } = await newAccessToken(user.client, { name: 'https://evil.example' });
  await causes[type](user);
  const { text, html } = await mailWith(user.address, notices[type].subject.EN);
  expect(text.includes(`Access token: ${token.slice(-4)}`)).toBe(stillWorks);
  expect(text + html).not.toContain('evil.example');
  expect(text + html).not.toContain(token);
});
