import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { RESTORE_PERIOD_MS } from '../../../src/features/account/account-deletion.js';
import { eraseDeletedUsers } from '../../../src/features/administration/erase-deleted-users.js';
import { fork } from '../../../src/database/connection/database.js';
import type { SecurityEventType } from '../../../src/features/security-event/security-event.entity.js';
import { createRoot } from '../../../src/features/sign-up/create-root.js';
import { importUsers } from '../../../src/features/user-import/import-users.js';
import { newUserOfRole } from '../administration/administrators.js';
import { act, goodReason, type ActName } from '../administration/actions.js';
import { cancelDeletion, deleteMyAccount, linkTo } from '../account-closure/closure.js';
import { revokeEverything } from '../revoke-everything/revoke.js';
import { loginAs, whoAmI } from '../sign-in/login-as.js';
import { stored } from '../sign-in/stored.js';
import { completeSetupAs, newSetupToken, registerAs } from '../sign-up/sign-up-as.js';
import { Client } from '../../support/client.js';
import { query } from '../../support/database.js';
import { codeIn, type MailServer, tokenIn } from '../../support/mail-server.js';
import { addPasskey, deletePasskey, newPasskeyUser } from '../../support/passkeys.js';
import { bindAddress, goodPassword, newAddress, newUser, newUsername, signIn } from '../../support/users.js';
import {
  createAccessToken,
  newAccessToken,
  revokeAccessTokens,
  rotateAccessToken,
  updateAccessToken,
} from '../../support/access-tokens.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { ruleContext } from '../../support/rule-context.js';
import { startPosternWithMail } from '../../support/postern-with-mail.js';
import { forgetTrustedBrowsers, newTrustingUser, signInAndTrust } from '../../support/trusted-browsers.js';
import { newApiToken, program, resetToken, viewToken } from '../api-token/own-token.js';
import { createKey, deleteKeys, newCallKeyOf, rotateKey, updateKey } from '../call-key/own-keys.js';
import {
  confirmIdentity,
  confirmTwoFactor,
  disableTwoFactor,
  enableTwoFactor,
  markTwoFactorOn,
  newTwoFactorUser,
  openChallenge,
  regenerateBackupCodes,
  scan,
  verifySecondFactor,
} from '../../support/two-factor.js';
import { exportAs } from '../../support/exports.js';
import {
  deleteWebhook,
  localNetworks,
  newWebhook,
  rotateWebhookSecret,
  testWebhook,
  updateWebhook,
} from '../../support/webhooks.js';
import { WebhookReceiver } from '../../support/webhook-receiver.js';
import { eventually } from '../../support/eventually.js';
import { newIdentityToken } from '../../support/identity-tokens.js';
import { call, newGateway, report } from '../usage/gateway.js';
import { accountId, eventsDuring, eventsOf } from './events.js';

let mail: MailServer;
let postern: TestPostern;
beforeAll(async () => {
  ({ mail, postern } = await startPosternWithMail({
    TRUSTED_BROWSER_DAYS: '30',
    IDENTITY_AUDIENCES: 'console',
    ...localNetworks,
  }));
});
afterAll(() => postern.close());

const sendCode =
  'mutation ($input: SendVerificationCodeInput!) { sendVerificationCode(input: $input) { userErrors { code } } }';
const requestReset =
  'mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { userErrors { code } } }';
const logout = 'mutation { logout { userErrors { code } } }';

/** The id of an account's only session. */
async function sessionOf(account: string): Promise<string> {
  const [row] = await query<{ id: string }>(postern.database, 'select id from sessions where account_id = ?', [
    account,
  ]);
  return row!.id;
}

const userWithId = async () => {
  const user = await newUser(postern);
  return { ...user, accountId: await accountId(postern.database, user.username) };
};

/** The event of an action on a call key, with the owner's session and API token. */
async function keyEvent(
  type: SecurityEventType,
  change: (client: Client, id: string) => Promise<unknown>,
): Promise<void> {
  const { client, accountId: account } = await userWithId();
  for (const [by, session_id] of [
    [client, await sessionOf(account)],
    [program(postern, await newApiToken(client)), null],
  ] as const) {
    const { id } = await newCallKeyOf(by);
    expect(await eventsDuring(postern.database, () => change(by, id))).toMatchObject([
      {
        type,
        outcome: 'SUCCESS',
        account_id: account,
        actor_id: account,
        session_id,
        detail: expect.stringMatching(/^sk-.{5}….{4}$/),
      },
    ]);
  }
}

/** Runs an act of an administrator on a user and checks its event: actor and reason. */
async function recordsAct(
  type: SecurityEventType,
  name: ActName,
  input: Record<string, unknown>,
  {
    detail = null,
    of = newUser,
    role = 'ADMIN',
    before = [],
  }: {
    detail?: string | null;
    of?: (on: TestPostern) => Promise<{ id: string; username: string }>;
    role?: 'ADMIN' | 'ROOT';
    before?: ActName[];
  } = {},
): Promise<void> {
  const [administrator, user] = [await newUserOfRole(postern, role), await of(postern)];
  for (const each of before) await act(administrator.client, each, { userId: user.id });
  const events = await eventsDuring(postern.database, () =>
    act(administrator.client, name, { userId: user.id, ...input }),
  );
  expect(events.at(-1)).toMatchObject({
    type,
    outcome: 'SUCCESS',
    reason: goodReason,
    detail,
    account_id: await accountId(postern.database, user.username),
    actor_id: await accountId(postern.database, administrator.username),
  });
}

/** The event of an act of a ROOT on a new webhook. */
async function recordsWebhookAct(
  type: SecurityEventType,
  change: (client: Client, id: string) => Promise<unknown>,
): Promise<void> {
  const root = await newUserOfRole(postern, 'ROOT');
  const account = await accountId(postern.database, root.username);
  let webhook = '';
  const events = await eventsDuring(postern.database, async () => {
    ({ id: webhook } = await newWebhook(root.client, { url: 'http://127.0.0.1:9/', eventTypes: ['USER_ERASED'] }));
    await change(root.client, webhook);
  });
  expect(events.at(-1)).toMatchObject({
    type,
    outcome: 'SUCCESS',
    account_id: account,
    actor_id: account,
    session_id: await sessionOf(account),
    detail: webhook,
  });
}

/** One way to cause each type of event, and its expected row. A new type does not compile without one. */
const scenarios: Record<SecurityEventType, () => Promise<void>> = {
  // This comes first, because a setup token is issued only while there is no ROOT.
  SETUP_COMPLETED: async () => {
    const setupToken = (await newSetupToken(postern))!;
    const events = await eventsDuring(postern.database, () =>
      completeSetupAs(postern.client(), { setupToken, username: 'keeper' }),
    );
    const account = await accountId(postern.database, 'keeper');
    expect(events).toMatchObject([
      {
        type: 'SETUP_COMPLETED',
        outcome: 'SUCCESS',
        account_id: account,
        actor_id: account,
        session_id: await sessionOf(account),
      },
    ]);
  },
  USER_CREATED: async () => {
    const [administrator, username] = [await newUserOfRole(postern, 'ADMIN'), newUsername()];
    const events = await eventsDuring(postern.database, () => act(administrator.client, 'createUser', { username }));
    expect(events).toMatchObject([
      {
        type: 'USER_CREATED',
        reason: goodReason,
        detail: 'USER',
        account_id: await accountId(postern.database, username),
        actor_id: await accountId(postern.database, administrator.username),
      },
    ]);
  },
  USER_IMPORTED: async () => {
    const username = newUsername();
    const line = { number: 1, text: JSON.stringify({ username, role: 'ADMIN' }) };
    const events = await eventsDuring(postern.database, () =>
      importUsers(() => ruleContext(postern), Readable.from([line]), { isDryRun: false }).next(),
    );
    expect(events).toMatchObject([
      {
        type: 'USER_IMPORTED',
        detail: 'ADMIN',
        account_id: await accountId(postern.database, username),
        actor_id: null,
      },
    ]);
  },
  USER_STATUS_SET: () => recordsAct('USER_STATUS_SET', 'setUserStatus', { status: 'DISABLED' }, { detail: 'DISABLED' }),
  USER_ROLE_SET: () => recordsAct('USER_ROLE_SET', 'setUserRole', { role: 'ADMIN' }, { detail: 'ADMIN', role: 'ROOT' }),
  USER_TWO_FACTOR_RESET: () => recordsAct('USER_TWO_FACTOR_RESET', 'resetUserTwoFactor', {}, { of: newTwoFactorUser }),
  USER_PASSWORD_RESET_SENT: () =>
    recordsAct('USER_PASSWORD_RESET_SENT', 'sendUserPasswordReset', {}, { detail: 'HANDED_OVER' }),
  USER_SESSIONS_REVOKED: () => recordsAct('USER_SESSIONS_REVOKED', 'revokeUserSessions', {}),
  SERVICE_TOKEN_RESET: () =>
    recordsAct(
      'SERVICE_TOKEN_RESET',
      'resetServiceToken',
      {},
      { of: (on) => newUserOfRole(on, 'SERVICE'), role: 'ROOT' },
    ),
  USER_DELETED: () => recordsAct('USER_DELETED', 'deleteUser', {}),
  USER_RESTORED: () => recordsAct('USER_RESTORED', 'restoreUser', {}, { before: ['deleteUser'] }),
  USER_ERASED: async () => {
    const [administrator, user] = [await newUserOfRole(postern, 'ADMIN'), await userWithId()];
    await act(administrator.client, 'deleteUser', { userId: user.id });
    const events = await eventsDuring(postern.database, () =>
      eraseDeletedUsers({
        em: fork(postern.database),
        keys: postern.app.dependencies.keys,
        now: new Date(postern.clock.read().getTime() + RESTORE_PERIOD_MS),
        config: postern.app.dependencies.config,
      }),
    );
    // Accounts deleted earlier are erased too.
    expect(events.filter(({ account_id }) => account_id === user.accountId)).toMatchObject([
      { type: 'USER_ERASED', actor_id: null },
    ]);
  },
  REGISTERED: async () => {
    const username = newUsername();
    const events = await eventsDuring(postern.database, () => registerAs(postern.client(), { username }));
    const account = await accountId(postern.database, username);
    expect(events).toMatchObject([
      {
        type: 'REGISTERED',
        outcome: 'SUCCESS',
        account_id: account,
        actor_id: account,
        session_id: await sessionOf(account),
      },
    ]);
  },
  LOGIN_SUCCEEDED: async () => {
    const { username, password, accountId: account } = await userWithId();
    await query(postern.database, 'delete from sessions where account_id = ?', [account]);
    const events = await eventsDuring(postern.database, () => loginAs(postern.client(), { login: username, password }));
    expect(events).toMatchObject([
      {
        type: 'LOGIN_SUCCEEDED',
        outcome: 'SUCCESS',
        account_id: account,
        actor_id: account,
        session_id: await sessionOf(account),
      },
    ]);
  },
  LOGIN_FAILED: async () => {
    const { username, accountId: account } = await userWithId();
    const events = await eventsDuring(postern.database, () =>
      loginAs(postern.client(), { login: username, password: 'wrong' }),
    );
    expect(events).toMatchObject([
      { type: 'LOGIN_FAILED', outcome: 'REFUSED', account_id: account, actor_id: null, session_id: null },
    ]);
  },
  ATTEMPTS_LOCKED: async () => {
    const { username, accountId: account } = await userWithId();
    for (let n = 0; n < 9; n += 1) await loginAs(postern.client(), { login: username, password: 'wrong' });
    const events = await eventsDuring(postern.database, () =>
      loginAs(postern.client(), { login: username, password: 'wrong' }),
    );
    expect(events).toHaveLength(2);
    expect(events.find(({ type }) => type === 'ATTEMPTS_LOCKED')).toMatchObject({
      outcome: 'REFUSED',
      account_id: account,
      actor_id: null,
    });
  },
  IDENTITY_CONFIRMED: async () => {
    const { client, password, accountId: account } = await userWithId();
    const events = await eventsDuring(postern.database, () =>
      client.send(
        'mutation ($input: ConfirmIdentityInput!) { confirmIdentity(input: $input) { userErrors { code } } }',
        { input: { password } },
      ),
    );
    expect(events).toMatchObject([
      {
        type: 'IDENTITY_CONFIRMED',
        outcome: 'SUCCESS',
        account_id: account,
        actor_id: account,
        session_id: await sessionOf(account),
      },
    ]);
  },
  PASSWORD_CHANGED: async () => {
    const { client, password, accountId: account } = await userWithId();
    const events = await eventsDuring(postern.database, () =>
      client.send('mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { userErrors { code } } }', {
        input: { currentPassword: password, newPassword: 'Louder-Lantern-88', confirmPassword: 'Louder-Lantern-88' },
      }),
    );
    expect(events).toMatchObject([
      {
        type: 'PASSWORD_CHANGED',
        outcome: 'SUCCESS',
        account_id: account,
        actor_id: account,
        session_id: await sessionOf(account),
      },
    ]);
  },
  USERNAME_CHANGED: async () => {
    const { client, accountId: account } = await userWithId();
    const events = await eventsDuring(postern.database, () =>
      client.send('mutation ($input: ChangeUsernameInput!) { changeUsername(input: $input) { userErrors { code } } }', {
        input: { username: newUsername() },
      }),
    );
    expect(events).toMatchObject([
      {
        type: 'USERNAME_CHANGED',
        outcome: 'SUCCESS',
        account_id: account,
        actor_id: account,
        session_id: await sessionOf(account),
      },
    ]);
  },
  NEW_DEVICE_SEEN: async () => {
    const { username, password, accountId: account } = await userWithId();
    const events = await eventsDuring(postern.database, () =>
      loginAs(new Client(postern.url, { 'user-agent': 'another program' }), { login: username, password }),
    );
    expect(events.find(({ type }) => type === 'NEW_DEVICE_SEEN')).toMatchObject({
      outcome: 'SUCCESS',
      account_id: account,
      actor_id: account,
    });
  },
  EMAIL_CODE_SENT: async () => {
    const { client, accountId: account } = await userWithId();
    const events = await eventsDuring(postern.database, () =>
      client.send(sendCode, { input: { email: newAddress() } }),
    );
    expect(events).toMatchObject([
      {
        type: 'EMAIL_CODE_SENT',
        outcome: 'SUCCESS',
        account_id: account,
        actor_id: account,
        session_id: await sessionOf(account),
      },
    ]);
  },
  EMAIL_BOUND: async () => {
    const [{ client, accountId: account }, email] = [await userWithId(), newAddress()];
    await client.send(sendCode, { input: { email } });
    const code = codeIn(await mail.mailTo(email));
    const events = await eventsDuring(postern.database, () =>
      client.send('mutation ($input: BindEmailInput!) { bindEmail(input: $input) { userErrors { code } } }', {
        input: { email, code },
      }),
    );
    expect(events).toMatchObject([
      {
        type: 'EMAIL_BOUND',
        outcome: 'SUCCESS',
        account_id: account,
        actor_id: account,
        session_id: await sessionOf(account),
      },
    ]);
  },
  EMAIL_CHANGE_REVERTED: async () => {
    const [{ accountId: account, ...user }, email] = [await userWithId(), newAddress()];
    await bindAddress(postern, mail, user, email);
    await bindAddress(postern, mail, user, newAddress());
    const token = tokenIn(await mail.mailTo(email, 2));
    const events = await eventsDuring(postern.database, () =>
      postern
        .client()
        .send(
          'mutation ($input: RevertEmailChangeInput!) { revertEmailChange(input: $input) { userErrors { code } } }',
          { input: { token } },
        ),
    );
    expect(events).toMatchObject([
      { type: 'EMAIL_CHANGE_REVERTED', outcome: 'SUCCESS', account_id: account, actor_id: null, session_id: null },
    ]);
  },
  PASSWORD_RESET_REQUESTED: async () => {
    const [{ accountId: account, ...user }, email] = [await userWithId(), newAddress()];
    await bindAddress(postern, mail, user, email);
    const events = await eventsDuring(postern.database, async () => {
      await postern.client().send(requestReset, { input: { email } });
      await mail.mailTo(email, 2);
    });
    expect(events).toMatchObject([
      { type: 'PASSWORD_RESET_REQUESTED', outcome: 'SUCCESS', account_id: account, actor_id: null, ip: '127.0.0.1' },
    ]);
  },
  PASSWORD_RESET: async () => {
    const [{ accountId: account, ...user }, email] = [await userWithId(), newAddress()];
    await bindAddress(postern, mail, user, email);
    await postern.client().send(requestReset, { input: { email } });
    const token = tokenIn(await mail.mailTo(email, 2));
    const events = await eventsDuring(postern.database, () =>
      postern
        .client()
        .send('mutation ($input: ResetPasswordInput!) { resetPassword(input: $input) { userErrors { code } } }', {
          input: { token, newPassword: 'Louder-Lantern-88', confirmPassword: 'Louder-Lantern-88' },
        }),
    );
    expect(events).toMatchObject([
      { type: 'PASSWORD_RESET', outcome: 'SUCCESS', account_id: account, actor_id: null, session_id: null },
    ]);
  },
  LOGIN_CHALLENGED: async () => {
    const { username, password, accountId: account } = await userWithId();
    await markTwoFactorOn(postern.database, username);
    const events = await eventsDuring(postern.database, () => loginAs(postern.client(), { login: username, password }));
    expect(events).toMatchObject([
      { type: 'LOGIN_CHALLENGED', outcome: 'SUCCESS', account_id: account, actor_id: account, session_id: null },
    ]);
  },
  TWO_FACTOR_STARTED: async () => {
    const { client, accountId: account } = await userWithId();
    const events = await eventsDuring(postern.database, () => enableTwoFactor(client));
    expect(events).toMatchObject([
      {
        type: 'TWO_FACTOR_STARTED',
        outcome: 'SUCCESS',
        account_id: account,
        actor_id: account,
        session_id: await sessionOf(account),
      },
    ]);
  },
  TWO_FACTOR_ENABLED: async () => {
    const { client, accountId: account } = await userWithId();
    const app = await scan(postern, client);
    const events = await eventsDuring(postern.database, async () => confirmTwoFactor(client, await app.code()));
    expect(events).toMatchObject([
      {
        type: 'TWO_FACTOR_ENABLED',
        outcome: 'SUCCESS',
        account_id: account,
        actor_id: account,
        session_id: await sessionOf(account),
      },
    ]);
  },
  PASSKEY_ADDED: async () => {
    const { accountId: account, ...user } = await userWithId();
    expect(await eventsDuring(postern.database, () => addPasskey(user))).toMatchObject([
      { type: 'PASSKEY_ADDED', outcome: 'SUCCESS', account_id: account, actor_id: account, detail: null },
      { type: 'TWO_FACTOR_ENABLED', outcome: 'SUCCESS', account_id: account, detail: 'PASSKEY' },
    ]);
  },
  PASSKEY_RENAMED: async () => {
    const { client, username, passkeyId: id } = await newPasskeyUser(postern);
    const account = await accountId(postern.database, username);
    const rename = () =>
      client.send('mutation ($input: RenamePasskeyInput!) { renamePasskey(input: $input) { userErrors { code } } }', {
        input: { id, name: 'Phone' },
      });
    expect(await eventsDuring(postern.database, rename)).toMatchObject([
      { type: 'PASSKEY_RENAMED', outcome: 'SUCCESS', account_id: account, actor_id: account },
    ]);
  },
  PASSKEY_REMOVED: async () => {
    const { client, username, passkeyId, password, backupCodes } = await newPasskeyUser(postern);
    const account = await accountId(postern.database, username);
    const proof = { password, factor: { backupCode: backupCodes[0]! } };
    expect(await eventsDuring(postern.database, () => deletePasskey(client, passkeyId, proof))).toMatchObject([
      { type: 'BACKUP_CODE_USED', outcome: 'SUCCESS', account_id: account },
      { type: 'PASSKEY_REMOVED', outcome: 'SUCCESS', account_id: account, actor_id: account },
      { type: 'TWO_FACTOR_DISABLED', outcome: 'SUCCESS', account_id: account, detail: null },
    ]);
  },
  BROWSER_TRUSTED: async () => {
    const { app, ...user } = await newTwoFactorUser(postern);
    const account = await accountId(postern.database, user.username);
    const code = await app.nextCode();
    const events = await eventsDuring(postern.database, () =>
      signInAndTrust(postern.client(), user, { totpCode: code }),
    );
    expect(events.map(({ type }) => type)).toEqual(['LOGIN_CHALLENGED', 'BROWSER_TRUSTED', 'LOGIN_SUCCEEDED']);
    expect(events[1]).toMatchObject({ outcome: 'SUCCESS', account_id: account, actor_id: account, session_id: null });
  },
  BROWSERS_FORGOTTEN: async () => {
    const { client, username } = await newTrustingUser(postern);
    const account = await accountId(postern.database, username);
    expect(await eventsDuring(postern.database, () => forgetTrustedBrowsers(client))).toMatchObject([
      { type: 'BROWSERS_FORGOTTEN', outcome: 'SUCCESS', account_id: account, actor_id: account },
    ]);
  },
  ACCESS_TOKEN_CREATED: async () => {
    const { client, accountId: account } = await userWithId();
    const events = await eventsDuring(postern.database, () => createAccessToken(client));
    expect(events).toMatchObject([
      { type: 'ACCESS_TOKEN_CREATED', account_id: account, actor_id: account, session_id: await sessionOf(account) },
    ]);
  },
  ACCESS_TOKEN_UPDATED: async () => {
    const { client, accountId: account } = await userWithId();
    const { id } = await newAccessToken(client, { allowedIps: ['203.0.113.0/24'] });
    const update = (allowedIps: string[]) =>
      eventsDuring(postern.database, () => updateAccessToken(client, { id, allowedIps }));
    expect(await update(['203.0.113.0/24'])).toMatchObject([
      { type: 'ACCESS_TOKEN_UPDATED', account_id: account, detail: expect.stringMatching(/^\w{4}$/) },
    ]);
    expect(await update([])).toMatchObject([{ type: 'ACCESS_TOKEN_UPDATED', detail: 'ALLOWED_IPS_WIDENED' }]);
  },
  ACCESS_TOKEN_ROTATED: async () => {
    const { client, accountId: account } = await userWithId();
    const { id } = await newAccessToken(client);
    const events = await eventsDuring(postern.database, () => rotateAccessToken(client, { id, graceHours: 1 }));
    expect(events).toMatchObject([{ type: 'ACCESS_TOKEN_ROTATED', account_id: account, actor_id: account }]);
  },
  ACCESS_TOKENS_REVOKED: async () => {
    const { client, accountId: account } = await userWithId();
    const { id, token } = await newAccessToken(client);
    const events = await eventsDuring(postern.database, () => revokeAccessTokens(client, [id]));
    expect(events).toMatchObject([
      { type: 'ACCESS_TOKENS_REVOKED', account_id: account, actor_id: account, detail: token.slice(-4) },
    ]);
  },
  EVERYTHING_REVOKED: async () => {
    const { client, accountId: account } = await userWithId();
    const events = await eventsDuring(postern.database, () => revokeEverything(client));
    expect(events).toMatchObject([
      { type: 'EVERYTHING_REVOKED', account_id: account, actor_id: account, session_id: await sessionOf(account) },
    ]);
  },
  DATA_EXPORTED: async () => {
    const { client, accountId: account } = await userWithId();
    expect(await eventsDuring(postern.database, () => exportAs(client, 'account'))).toMatchObject([
      {
        type: 'DATA_EXPORTED',
        outcome: 'SUCCESS',
        account_id: account,
        actor_id: account,
        session_id: await sessionOf(account),
        detail: 'ACCOUNT',
      },
    ]);
  },
  DELETION_REQUESTED: async () => {
    const { client, accountId: account } = await userWithId();
    const session_id = await sessionOf(account);
    const events = await eventsDuring(postern.database, () => deleteMyAccount(client));
    expect(events).toMatchObject([
      { type: 'SESSION_REVOKED', account_id: account, session_id },
      { type: 'DELETION_REQUESTED', outcome: 'SUCCESS', account_id: account, actor_id: account, session_id },
    ]);
  },
  DELETION_CANCELED: async () => {
    const [{ accountId: account, ...user }, email] = [await userWithId(), newAddress()];
    await bindAddress(postern, mail, user, email);
    await deleteMyAccount(user.client);
    const link = await linkTo(mail, email);
    expect(await eventsDuring(postern.database, () => cancelDeletion(postern.client(), link))).toMatchObject([
      { type: 'DELETION_CANCELED', outcome: 'SUCCESS', account_id: account, actor_id: null, session_id: null },
    ]);
  },
  WEBHOOK_CREATED: () => recordsWebhookAct('WEBHOOK_CREATED', () => Promise.resolve()),
  WEBHOOK_UPDATED: () =>
    recordsWebhookAct('WEBHOOK_UPDATED', (client, id) => updateWebhook(client, { id, eventTypes: ['USER_ERASED'] })),
  WEBHOOK_SECRET_ROTATED: () =>
    recordsWebhookAct('WEBHOOK_SECRET_ROTATED', (client, id) => rotateWebhookSecret(client, { id, graceHours: 1 })),
  WEBHOOK_DELETED: () => recordsWebhookAct('WEBHOOK_DELETED', deleteWebhook),
  WEBHOOK_TESTED: () => recordsWebhookAct('WEBHOOK_TESTED', testWebhook),
  WEBHOOK_FAILING: async () => {
    const receiver = await WebhookReceiver.start();
    receiver.manners = [410];
    const root = await newUserOfRole(postern, 'ROOT');
    const { id } = await newWebhook(root.client, { url: receiver.url, eventTypes: ['USER_ERASED'] });
    const events = await eventsDuring(postern.database, async () => {
      await testWebhook(root.client, id);
      const failing = "select 1 from security_events where type = 'WEBHOOK_FAILING'";
      await eventually(async () => (await query(postern.database, failing)).length > 0, 'it is failing');
    });
    expect(events).toMatchObject([
      { type: 'WEBHOOK_TESTED' },
      { type: 'WEBHOOK_FAILING', outcome: 'SUCCESS', account_id: null, actor_id: null, detail: id },
    ]);
    await receiver.close();
  },
  IDENTITY_TOKEN_ISSUED: async () => {
    const { client, accountId: account } = await userWithId();
    expect(await eventsDuring(postern.database, () => newIdentityToken(client))).toMatchObject([
      {
        type: 'IDENTITY_TOKEN_ISSUED',
        outcome: 'SUCCESS',
        account_id: account,
        actor_id: account,
        session_id: await sessionOf(account),
        detail: 'console',
      },
    ]);
  },
  TWO_FACTOR_DISABLED: async () => {
    const { client, username, app } = await newTwoFactorUser(postern);
    const account = await accountId(postern.database, username);
    const events = await eventsDuring(postern.database, async () =>
      disableTwoFactor(client, { totpCode: await app.nextCode() }),
    );
    expect(events).toMatchObject([
      {
        type: 'TWO_FACTOR_DISABLED',
        outcome: 'SUCCESS',
        account_id: account,
        actor_id: account,
        session_id: await sessionOf(account),
      },
    ]);
  },
  SECOND_FACTOR_FAILED: async () => {
    const { client, app, ...user } = await newTwoFactorUser(postern);
    const account = await accountId(postern.database, user.username);
    const challenge = await openChallenge(postern.client(), user);
    const atSignIn = await eventsDuring(postern.database, async () =>
      verifySecondFactor(postern.client(), challenge, { totpCode: await app.wrongCode() }),
    );
    expect(atSignIn).toMatchObject([
      { type: 'SECOND_FACTOR_FAILED', outcome: 'REFUSED', account_id: account, actor_id: null, session_id: null },
    ]);
    const inSession = await eventsDuring(postern.database, async () =>
      confirmIdentity(client, user.password, { totpCode: await app.wrongCode() }),
    );
    expect(inSession).toMatchObject([
      {
        type: 'SECOND_FACTOR_FAILED',
        outcome: 'REFUSED',
        account_id: account,
        actor_id: account,
        session_id: await sessionOf(account),
      },
    ]);
  },
  BACKUP_CODE_USED: async () => {
    const { backupCodes, ...user } = await newTwoFactorUser(postern);
    const account = await accountId(postern.database, user.username);
    const challenge = await openChallenge(postern.client(), user);
    const events = await eventsDuring(postern.database, () =>
      verifySecondFactor(postern.client(), challenge, { backupCode: backupCodes[0]! }),
    );
    expect(events.map(({ type }) => type).sort()).toEqual(['BACKUP_CODE_USED', 'LOGIN_SUCCEEDED']);
    expect(events.find(({ type }) => type === 'BACKUP_CODE_USED')).toMatchObject({
      outcome: 'SUCCESS',
      account_id: account,
      actor_id: account,
    });
  },
  BACKUP_CODES_REGENERATED: async () => {
    const { client, username, app } = await newTwoFactorUser(postern);
    const account = await accountId(postern.database, username);
    const events = await eventsDuring(postern.database, async () =>
      regenerateBackupCodes(client, await app.nextCode()),
    );
    expect(events).toMatchObject([
      {
        type: 'BACKUP_CODES_REGENERATED',
        outcome: 'SUCCESS',
        account_id: account,
        actor_id: account,
        session_id: await sessionOf(account),
      },
    ]);
  },
  DECRYPTION_FAILED: async () => {
    const { app, ...user } = await newTwoFactorUser(postern);
    const account = await accountId(postern.database, user.username);
    await query(
      postern.database,
      "update two_factors set secret_ciphertext = replace(secret_ciphertext, 'v1.', 'v0.') where account_id = ?",
      [account],
    );
    const challenge = await openChallenge(postern.client(), user);
    const events = await eventsDuring(postern.database, async () =>
      verifySecondFactor(postern.client(), challenge, { totpCode: await app.nextCode() }),
    );
    expect(events.map(({ type }) => type).sort()).toEqual(['DECRYPTION_FAILED', 'SECOND_FACTOR_FAILED']);
    expect(events.find(({ type }) => type === 'DECRYPTION_FAILED')).toMatchObject({
      outcome: 'REFUSED',
      account_id: account,
      actor_id: null,
      session_id: null,
    });
  },
  LOGGED_OUT: async () => {
    const { client, accountId: account } = await userWithId();
    const session = await sessionOf(account);
    const events = await eventsDuring(postern.database, () => client.send(logout));
    expect(events).toMatchObject([
      { type: 'LOGGED_OUT', outcome: 'SUCCESS', account_id: account, actor_id: account, session_id: session },
    ]);
  },
  CALL_KEY_CREATED: () => keyEvent('CALL_KEY_CREATED', (client) => createKey(client)),
  CALL_KEY_UPDATED: () => keyEvent('CALL_KEY_UPDATED', (client, id) => updateKey(client, { id, name: 'renamed' })),
  CALL_KEY_ROTATED: () => keyEvent('CALL_KEY_ROTATED', (client, id) => rotateKey(client, id)),
  CALL_KEY_DELETED: () => keyEvent('CALL_KEY_DELETED', (client, id) => deleteKeys(client, [id])),
  QUOTA_WARNING: async () => {
    const { client, accountId: account } = await userWithId();
    const key = await newCallKeyOf(client, { quota: 100 });
    const gateway = await newGateway(postern);
    const entry = call(key, postern.clock.read(), { quota: 80 });
    const events = await eventsDuring(postern.database, () => report(gateway, [entry]));
    expect(events).toMatchObject([
      { type: 'QUOTA_WARNING', account_id: account, actor_id: null, session_id: null, detail: `${key.hint} 80% TOTAL` },
    ]);
  },
  API_TOKEN_RESET: async () => {
    const { client, accountId: account } = await userWithId();
    const events = await eventsDuring(postern.database, () => resetToken(client));
    expect(events).toMatchObject([
      {
        type: 'API_TOKEN_RESET',
        outcome: 'SUCCESS',
        account_id: account,
        actor_id: account,
        session_id: await sessionOf(account),
      },
    ]);
  },
  API_TOKEN_VIEWED: async () => {
    const { client, accountId: account } = await userWithId();
    await newApiToken(client);
    const events = await eventsDuring(postern.database, () => viewToken(client));
    expect(events).toMatchObject([
      {
        type: 'API_TOKEN_VIEWED',
        outcome: 'SUCCESS',
        account_id: account,
        actor_id: account,
        session_id: await sessionOf(account),
      },
    ]);
  },
  SESSION_REVOKED: async () => {
    const { client, accountId: account, ...user } = await userWithId();
    const first = await sessionOf(account);
    const other = await signIn(postern, user);
    const events = await eventsDuring(postern.database, () =>
      other.send('mutation { revokeOtherSessions { revokedCount userErrors { code } } }'),
    );
    expect(events).toMatchObject([
      { type: 'SESSION_REVOKED', outcome: 'SUCCESS', account_id: account, actor_id: account, session_id: first },
    ]);
    expect(await whoAmI(client)).toBeNull();
  },
};

test.each(Object.entries(scenarios))(
  'records %s once, with its account, actor, outcome and session (R-96)',
  (_, scenario) => scenario(),
);

test('records a sign-in with an unknown name without IDs, and never records a name (R-96)', async () => {
  const names = ['nobody-of-this-name', 'somebody@example.org'];
  const events = await eventsDuring(postern.database, async () => {
    for (const login of names) await loginAs(postern.client(), { login, password: 'whatever' });
  });
  expect(events).toHaveLength(2);
  for (const event of events)
    expect(event).toMatchObject({
      type: 'LOGIN_FAILED',
      outcome: 'REFUSED',
      account_id: null,
      actor_id: null,
      session_id: null,
    });
  const user = await newUser(postern);
  await signIn(postern, user);
  const all = JSON.stringify(await eventsOf(postern.database));
  for (const name of [...names, user.username, goodPassword]) expect(all).not.toContain(name);
});

test('records the right password for a disabled account as a failed sign-in of that account (R-96)', async () => {
  const { username, password, accountId: account } = await userWithId();
  await query(postern.database, "update accounts set status = 'DISABLED' where id = ?", [account]);
  const events = await eventsDuring(postern.database, () => loginAs(postern.client(), { login: username, password }));
  expect(events).toMatchObject([
    { type: 'LOGIN_FAILED', outcome: 'REFUSED', account_id: account, actor_id: account, session_id: null },
  ]);
});

test('records the revoked session before the same client’s new sign-in (R-54, R-96)', async () => {
  const { client, username, password, accountId: account } = await userWithId();
  const previous = await sessionOf(account);
  const events = await eventsDuring(postern.database, () => loginAs(client, { login: username, password }));
  const current = await sessionOf(account);
  expect(current).not.toBe(previous);
  expect(events).toMatchObject([
    { type: 'SESSION_REVOKED', account_id: account, session_id: previous },
    { type: 'LOGIN_SUCCEEDED', account_id: account, session_id: current },
  ]);
  expect(new Set(events.map(({ request_id }) => request_id)).size).toBe(1);
});

test('records without an actor or IP address that a ROOT was created on the command line (R-96)', async () => {
  const { passwords, keys, config } = postern.app.dependencies;
  const events = await eventsDuring(postern.database, () =>
    createRoot(
      { em: fork(postern.database), passwords, keys, config, now: postern.clock.read() },
      'second-keeper',
      goodPassword,
    ),
  );
  expect(events).toMatchObject([
    {
      type: 'SETUP_COMPLETED',
      account_id: await accountId(postern.database, 'second-keeper'),
      actor_id: null,
      session_id: null,
      ip: null,
      user_agent: null,
    },
  ]);
});

test('records an event’s time, IP address, device, trace and the request ID of the response (R-96)', async () => {
  const user = await newUser(postern);
  const client = postern.client();
  client.headers['user-agent'] = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
  client.headers['x-forwarded-for'] = '203.0.113.9';
  client.headers['x-request-id'] = 'chosen-by-the-client';
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  client.headers['traceparent'] = `00-${traceId}-00f067aa0ba902b7-01`;
  let requestId: string | null = null;
  const [event] = await eventsDuring(postern.database, async () => {
    const { headers } = await loginAs(client, { login: user.username, password: user.password });
    requestId = headers.get('x-request-id');
  });
  expect(event).toMatchObject({
    ip: '127.0.0.1',
    user_agent: client.headers['user-agent'],
    request_id: requestId,
    trace_id: traceId,
  });
  expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
  expect(new Date(event!.at).getTime()).toBe(postern.clock.read().getTime());
});

test('truncates the user agent in an event to 256 characters (R-96)', async () => {
  const client = postern.client();
  client.headers['user-agent'] = 'x'.repeat(1_000);
  const [event] = await eventsDuring(postern.database, () =>
    loginAs(client, { login: 'nobody', password: 'whatever' }),
  );
  expect(event!.user_agent).toBe('x'.repeat(256));
});

test('records nothing for a request that is rejected before a rule runs (R-96)', async () => {
  const events = await eventsDuring(postern.database, async () => {
    const client = postern.client();
    expect(await registerAs(client, { password: 'short' })).toBeRefusedWith(['PASSWORD_TOO_SHORT', 'password']);
    expect(await client.send('mutation { revokeOtherSessions { revokedCount } }')).toFailWith('UNAUTHENTICATED');
    expect(await client.send('mutation { login { userErrors { code } } }')).toFailWith('GRAPHQL_VALIDATION_FAILED');
    expect(await client.send('{ me { id } }')).toMatchObject({ data: { me: null } });
  });
  expect(events).toEqual([]);
});

describe('when the database fails', () => {
  /** Makes the database reject an action, either at its statement or at the commit. */
  async function withFault<Result>(
    table: string,
    time: 'statement' | 'commit',
    action: () => Promise<Result>,
  ): Promise<Result> {
    const run = (sql: string) => query(postern.database, sql);
    await run(
      "create or replace function fault() returns trigger language plpgsql as $$ begin raise exception 'a fault on purpose'; end $$",
    );
    await run(
      time === 'commit'
        ? `create constraint trigger fault after insert or update or delete on ${table} deferrable initially deferred for each row execute function fault()`
        : `create trigger fault before insert or update or delete on ${table} for each row execute function fault()`,
    );
    try {
      return await action();
    } finally {
      await run(`drop trigger fault on ${table}`);
    }
  }

  /** Operations that change something, each on a new user. */
  const changes: Record<string, () => Promise<() => Promise<{ errors: readonly unknown[]; headers: Headers }>>> = {
    register: () => Promise.resolve(() => registerAs(postern.client())),
    login: async () => {
      const { username, password } = await newUser(postern);
      return () => loginAs(postern.client(), { login: username, password });
    },
    'login to a challenge': async () => {
      const { username, password } = await newUser(postern);
      await markTwoFactorOn(postern.database, username);
      return () => loginAs(postern.client(), { login: username, password });
    },
    logout: async () => {
      const { client } = await newUser(postern);
      return () => client.send(logout);
    },
    resetApiToken: async () => {
      const { client } = await newUser(postern);
      return () => resetToken(client);
    },
    revokeOtherSessions: async () => {
      const user = await newUser(postern);
      const other = await signIn(postern, user);
      return () => other.send('mutation { revokeOtherSessions { revokedCount userErrors { code } } }');
    },
  };

  /** The table that each operation writes. Its fault occurs at the commit, after the event was written. */
  const written: Record<string, string> = {
    register: 'accounts',
    login: 'accounts',
    'login to a challenge': 'second_factor_challenges',
    logout: 'sessions',
    resetApiToken: 'api_tokens',
    revokeOtherSessions: 'sessions',
  };

  test.each(Object.entries(changes))(
    'leaves no event, change or session of %s if its transaction is rolled back (R-96)',
    async (name, prepare) => {
      const change = await prepare();
      const before = await stored(postern.database);
      const events = await eventsDuring(postern.database, () =>
        withFault(written[name]!, 'commit', async () => {
          const answer = await change();
          expect(answer).toFailWith('INTERNAL_SERVER_ERROR');
          expect(answer.headers.getSetCookie().filter((cookie) => cookie.includes('pss_'))).toEqual([]);
        }),
      );
      expect(events).toEqual([]);
      expect(await stored(postern.database)).toEqual(before);
    },
  );

  test.each(Object.entries(changes))('aborts %s if its event can’t be written (R-86, R-96)', async (_, prepare) => {
    const change = await prepare();
    const before = await stored(postern.database);
    const events = await eventsDuring(postern.database, () =>
      withFault('security_events', 'statement', async () => {
        expect(await change()).toFailWith('INTERNAL_SERVER_ERROR');
      }),
    );
    expect(events).toEqual([]);
    expect(await stored(postern.database)).toEqual(before);
  });

  test('completeSetup leaves no event or ROOT if rolled back, and its token stays valid (R-77, R-96)', async () => {
    const fresh = await startPostern();
    const previous = postern;
    postern = fresh;
    try {
      const setupToken = (await newSetupToken(fresh))!;
      const before = await stored(fresh.database);
      const events = await eventsDuring(fresh.database, () =>
        withFault('accounts', 'commit', async () => {
          expect(await completeSetupAs(fresh.client(), { setupToken })).toFailWith('INTERNAL_SERVER_ERROR');
        }),
      );
      expect(events).toEqual([]);
      expect(await stored(fresh.database)).toEqual(before);
      expect(await completeSetupAs(fresh.client(), { setupToken })).toSucceed();
    } finally {
      postern = previous;
      await fresh.close();
    }
  });

  test('login leaves no success event if its session can’t be written (R-96)', async () => {
    const { username, password } = await newUser(postern);
    const before = await stored(postern.database);
    const events = await eventsDuring(postern.database, () =>
      withFault('sessions', 'statement', async () => {
        expect(await loginAs(postern.client(), { login: username, password })).toFailWith('INTERNAL_SERVER_ERROR');
      }),
    );
    expect(events).toEqual([]);
    expect(await stored(postern.database)).toEqual(before);
  });

  test('login reveals nothing about the password if its rejection can’t be recorded (R-86)', async () => {
    const { username } = await newUser(postern);
    await withFault('security_events', 'statement', async () => {
      const answer = await loginAs(postern.client(), { login: username, password: 'wrong' });
      expect(answer).toFailWith('INTERNAL_SERVER_ERROR');
      expect(answer.data).toEqual({ login: null });
    });
  });
});
