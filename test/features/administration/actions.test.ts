import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eraseDeletedUsers } from '../../../src/features/administration/erase-deleted-users.js';
import { fork } from '../../../src/database/connection/database.js';
import { newApiToken, program } from '../api-token/own-token.js';
import { deleteKeys } from '../call-key/own-keys.js';
import { accountId, eventsDuring } from '../security-event/events.js';
import { stored } from '../sign-in/stored.js';
import { loginAs } from '../sign-in/login-as.js';
import type { Client } from '../../support/client.js';
import { query } from '../../support/database.js';
import { type MailServer, tokenIn } from '../../support/mail-server.js';
import {
  bindAddress,
  goodPassword,
  newAddress,
  newUser,
  newUsername,
  signIn,
  type TestUser,
} from '../../support/users.js';
import type { TestPostern } from '../../support/postern.js';
import { startPosternWithMail } from '../../support/postern-with-mail.js';
import { startBeside } from '../../support/start-beside.js';
import { newTwoFactorUser, openChallenge, verifySecondFactor } from '../../support/two-factor.js';
import { call, newCallKey, newGateway, report } from '../usage/gateway.js';
import { accountOf, newUserOfRole } from './administrators.js';
import { act, actsOnUsers, goodReason, type ActName } from './actions.js';

let mail: MailServer;
let postern: TestPostern;
let root: TestUser;
let admin: TestUser;
beforeAll(async () => {
  ({ mail, postern } = await startPosternWithMail());
  [root, admin] = [await newUserOfRole(postern, 'ROOT'), await newUserOfRole(postern, 'ADMIN')];
});
afterAll(() => postern.close());

/** Whether a client is signed in. A copy sends the request, because a browser deletes a rejected cookie. */
const isIn = async (client: Client) => (await client.copy().send('{ me { id } }')).data?.['me'] != null;
const reset = (token: string, password = 'Louder-Lantern-88') =>
  postern
    .client()
    .send(
      'mutation ($input: ResetPasswordInput!) { resetPassword(input: $input) { userErrors { code field message } } }',
      { input: { token, newPassword: password, confirmPassword: password } },
    );
const tokenOf = (link: string) => /#(psr_\w+|ps[a-z]_\w+)$/.exec(link)![1]!;
const givenTo = (user: TestUser, extra: Record<string, unknown> = {}) => ({ userId: user.id, ...extra });
const extras: Partial<Record<ActName, Record<string, unknown>>> = {
  setUserStatus: { status: 'DISABLED' },
  setUserRole: { role: 'USER' },
};

/** A user with a cookie session, an API token, a pending challenge and two-factor authentication. */
async function signedInUser() {
  const user = await newTwoFactorUser(postern);
  const token = await newApiToken(user.client);
  const challenge = await openChallenge(postern.client(), user);
  return { user, api: program(postern, token), challenge };
}

describe('setUserStatus', () => {
  test('revokes the sessions of a disabled account, and blocks its API token until it is enabled (R-56)', async () => {
    const { user, api, challenge } = await signedInUser();
    const address = newAddress();
    await query(postern.database, 'update accounts set email = ?, email_key = ? where username = ?', [
      address,
      address,
      user.username,
    ]);
    expect([await isIn(user.client), await isIn(api)]).toEqual([true, true]);
    const events = await eventsDuring(postern.database, async () => {
      const answer = await act(admin.client, 'setUserStatus', givenTo(user, { status: 'DISABLED' }));
      expect(answer).toSucceed();
      expect(answer.data['setUserStatus'].user).toEqual({ id: user.id, status: 'DISABLED' });
    });
    expect(events).toMatchObject([
      {
        type: 'USER_STATUS_SET',
        detail: 'DISABLED',
        reason: goodReason,
        account_id: await accountId(postern.database, user.username),
        actor_id: await accountId(postern.database, admin.username),
      },
    ]);
    expect([await isIn(user.client), await isIn(api)]).toEqual([false, false]);
    expect(
      await verifySecondFactor(postern.client(), challenge, { totpCode: await user.app.nextCode() }),
    ).toBeRefusedWith(['INVALID_CREDENTIALS']);
    await mail.until((server) =>
      server
        .to(address)
        .some(({ text }) => text.includes('An administrator disabled your account.') && text.includes(goodReason)),
    );
    expect(await act(admin.client, 'setUserStatus', givenTo(user, { status: 'ACTIVE' }))).toSucceed();
    expect(await isIn(user.client)).toBe(false);
    expect(await isIn(api)).toBe(true);
  });

  test('changes nothing if an account already has the new status, and rejects DELETED as a status', async () => {
    const user = await newUser(postern);
    expect(
      await eventsDuring(postern.database, async () => {
        expect(await act(admin.client, 'setUserStatus', givenTo(user, { status: 'ACTIVE' }))).toSucceed();
      }),
    ).toEqual([]);
    expect(await isIn(user.client)).toBe(true);
    expect(await act(admin.client, 'setUserStatus', givenTo(user, { status: 'DELETED' }))).toBeRefusedWith([
      'INVALID_VALUE',
      'status',
    ]);
  });
});

describe('setUserRole', () => {
  test('grants and removes ADMIN, revoking the account’s sessions each time (R-55, R-71)', async () => {
    const user = await newUser(postern);
    for (const role of ['ADMIN', 'USER']) {
      const client = await signIn(postern, user);
      const events = await eventsDuring(postern.database, async () => {
        expect((await act(root.client, 'setUserRole', givenTo(user, { role }))).data['setUserRole']).toEqual({
          user: { id: user.id, role },
          userErrors: [],
        });
      });
      expect(events).toMatchObject([{ type: 'USER_ROLE_SET', detail: role, reason: goodReason }]);
      expect(await isIn(client)).toBe(false);
    }
  });

  test('grants no role at or above the caller’s, and changes no role to or from SERVICE (R-71)', async () => {
    const [user, gateway] = [await newUser(postern), await newUserOfRole(postern, 'SERVICE')];
    expect(await act(admin.client, 'setUserRole', givenTo(user, { role: 'ADMIN' }))).toBeRefusedWith(['RANK', 'role']);
    expect(await act(root.client, 'setUserRole', givenTo(user, { role: 'ROOT' }))).toBeRefusedWith(['RANK', 'role']);
    expect(await act(root.client, 'setUserRole', givenTo(user, { role: 'SERVICE' }))).toBeRefusedWith([
      'INVALID_VALUE',
      'role',
    ]);
    expect(await act(root.client, 'setUserRole', givenTo(gateway, { role: 'USER' }))).toBeRefusedWith([
      'INVALID_VALUE',
      'userId',
    ]);
    expect([(await accountOf(postern, user))['role'], (await accountOf(postern, gateway))['role']]).toEqual([
      'USER',
      'SERVICE',
    ]);
  });
});

describe('resetUserTwoFactor', () => {
  test('resets 2FA, its lock and backup codes, and revokes sessions and the API token (R-20, R-50, R-73)', async () => {
    const { user, api, challenge } = await signedInUser();
    const id = await accountId(postern.database, user.username);
    for (let n = 0; n < 10; n += 1)
      await verifySecondFactor(postern.client(), await openChallenge(postern.client(), user), {
        totpCode: await user.app.wrongCode(),
      });
    expect(
      await query(postern.database, 'select bucket from attempts where bucket = ? and locked_until is not null', [
        `second-factor:${id}`,
      ]),
    ).toHaveLength(1);
    expect((await act(admin.client, 'resetUserTwoFactor', givenTo(user))).data['resetUserTwoFactor']).toEqual({
      user: { id: user.id, twoFactor: { enabled: false } },
      userErrors: [],
    });
    expect(
      await query(postern.database, 'select bucket from attempts where bucket = ?', [`second-factor:${id}`]),
    ).toEqual([]);
    expect([await isIn(user.client), await isIn(api)]).toEqual([false, false]);
    expect(await verifySecondFactor(postern.client(), challenge, { backupCode: user.backupCodes[0]! })).toBeRefusedWith(
      ['INVALID_CREDENTIALS'],
    );
    expect(await isIn(await signIn(postern, user))).toBe(true);
  });

  test('rejects a 2FA reset of an account without 2FA', async () => {
    expect(await act(admin.client, 'resetUserTwoFactor', givenTo(await newUser(postern)))).toBeRefusedWith([
      'TWO_FACTOR_NOT_ENABLED',
      'userId',
    ]);
  });
});

describe('sendUserPasswordReset', () => {
  test('emails a reset link, never returns it, and still requires the second factor (R-8, R-73)', async () => {
    const [user, address] = [await newTwoFactorUser(postern), newAddress()];
    await query(postern.database, 'update accounts set email = ?, email_key = ? where username = ?', [
      address,
      address,
      user.username,
    ]);
    const answer = await act(admin.client, 'sendUserPasswordReset', givenTo(user));
    expect(answer.data['sendUserPasswordReset']).toEqual({ resetLink: null, userErrors: [] });
    await mail.until((server) => server.to(address).some(({ text }) => text.includes(goodReason)));
    const received = mail.to(address).find(({ text }) => text.includes(goodReason))!;
    expect(await isIn(user.client)).toBe(true);
    expect(answer.text).not.toContain(tokenIn(received));
    expect(await reset(tokenIn(received))).toBeRefusedWith(['SECOND_FACTOR_REQUIRED', 'factor']);
    postern.clock.advance({ minutes: 31 });
    expect(await reset(tokenIn(received))).toBeRefusedWith(['INVALID_TOKEN', 'token']);
    [root, admin] = [await refreshed(root), await refreshed(admin)];
  });

  test('returns a single-use reset link when the account has no email address (R-73)', async () => {
    const user = await newUser(postern);
    const { resetLink } = (await act(admin.client, 'sendUserPasswordReset', givenTo(user))).data[
      'sendUserPasswordReset'
    ];
    expect(resetLink).toMatch(/^http:\/\/localhost:4000\/reset-password#ps\w_\w+$/);
    expect(await reset(tokenOf(resetLink))).toSucceed();
    expect(await reset(tokenOf(resetLink))).toBeRefusedWith(['INVALID_TOKEN', 'token']);
    expect(await isIn(user.client)).toBe(false);
    expect(await isIn(await signIn(postern, { ...user, password: 'Louder-Lantern-88' }))).toBe(true);
  });

  test('rejects a password reset for service accounts and disabled accounts', async () => {
    const user = await newUser(postern);
    await act(admin.client, 'setUserStatus', givenTo(user, { status: 'DISABLED' }));
    expect(await act(admin.client, 'sendUserPasswordReset', givenTo(user))).toBeRefusedWith([
      'INVALID_VALUE',
      'userId',
    ]);
    expect(
      await act(root.client, 'sendUserPasswordReset', givenTo(await newUserOfRole(postern, 'SERVICE'))),
    ).toBeRefusedWith(['INVALID_VALUE', 'userId']);
  });
});

test('revokeUserSessions revokes sessions and challenges and returns the number of sessions (R-57)', async () => {
  const { user, api, challenge } = await signedInUser();
  const events = await eventsDuring(postern.database, async () => {
    expect((await act(admin.client, 'revokeUserSessions', givenTo(user))).data['revokeUserSessions']).toEqual({
      revokedCount: 1,
      userErrors: [],
    });
  });
  const actor = await accountId(postern.database, admin.username);
  expect(events).toMatchObject([
    { type: 'SESSION_REVOKED', actor_id: actor },
    { type: 'USER_SESSIONS_REVOKED', actor_id: actor, reason: goodReason },
  ]);
  expect([await isIn(user.client), await isIn(api)]).toEqual([false, true]);
  expect(
    await verifySecondFactor(postern.client(), challenge, { totpCode: await user.app.nextCode() }),
  ).toBeRefusedWith(['INVALID_CREDENTIALS']);
});

describe('createUser', () => {
  test('returns a link for the first password of a new account, which can’t sign in before (R-8)', async () => {
    const username = newUsername();
    const events = await eventsDuring(postern.database, async () => {
      const { data } = await act(admin.client, 'createUser', { username: username.toUpperCase() });
      expect(data['createUser']).toMatchObject({
        user: { username, role: 'USER', status: 'ACTIVE' },
        serviceToken: null,
        userErrors: [],
      });
      expect(await loginAs(postern.client(), { login: username, password: goodPassword })).toBeRefusedWith([
        'INVALID_CREDENTIALS',
      ]);
      postern.clock.advance({ hours: 71 });
      expect(await reset(tokenOf(data['createUser'].passwordLink), 'a'.repeat(5))).toBeRefusedWith([
        'PASSWORD_TOO_SHORT',
        'newPassword',
      ]);
      expect(await reset(tokenOf(data['createUser'].passwordLink))).toSucceed();
    });
    expect(events.map(({ type }) => type)).toEqual(['USER_CREATED', 'LOGIN_FAILED', 'PASSWORD_RESET']);
    expect(events[0]).toMatchObject({ detail: 'USER', reason: goodReason });
    expect(await isIn(await signIn(postern, { username, password: 'Louder-Lantern-88' }))).toBe(true);
    [root, admin] = [await refreshed(root), await refreshed(admin)];
  });

  test('rejects the link for a first password after 72 hours', async () => {
    const { data } = await act(admin.client, 'createUser', { username: newUsername() });
    postern.clock.advance({ hours: 72, seconds: 1 });
    expect(await reset(tokenOf(data['createUser'].passwordLink))).toBeRefusedWith(['INVALID_TOKEN', 'token']);
    [root, admin] = [await refreshed(root), await refreshed(admin)];
  });

  test('emails the link for a first password, and binds the address only when it is used (R-41)', async () => {
    const [username, address] = [newUsername(), newAddress()];
    const { data } = await act(admin.client, 'createUser', { username, email: address });
    expect(data['createUser']).toMatchObject({ passwordLink: null, userErrors: [] });
    const received = await mail.mailTo(address);
    expect(received.text).toContain(goodReason);
    expect((await accountOf(postern, { username }))['email']).toBeNull();
    expect(await reset(tokenIn(received), `${address.split('@')[0]!}1`)).toBeRefusedWith([
      'PASSWORD_CONTAINS_IDENTITY',
      'newPassword',
    ]);
    const events = await eventsDuring(postern.database, async () => {
      expect(await reset(tokenIn(received))).toSucceed();
    });
    expect(events.map(({ type }) => type)).toEqual(['EMAIL_BOUND', 'PASSWORD_RESET']);
    expect((await accountOf(postern, { username }))['email']).toBe(address);
  });

  test('sets a first password without binding an address that another account bound first (R-44)', async () => {
    const [username, address, other] = [newUsername(), newAddress(), await newUser(postern)];
    await act(admin.client, 'createUser', { username, email: address });
    const token = tokenIn(await mail.mailTo(address));
    await bindAddress(postern, mail, other, address);
    expect(await reset(token)).toSucceed();
    expect([(await accountOf(postern, { username }))['email'], (await accountOf(postern, other))['email']]).toEqual([
      null,
      address,
    ]);
    expect(
      await act(admin.client, 'createUser', { username: newUsername(), email: address.toUpperCase() }),
    ).toBeRefusedWith(['EMAIL_TAKEN', 'email']);
  });

  test('reports all errors of a new account together, and creates nothing', async () => {
    for (const { client } of [root, admin]) await isIn(client);
    await postern.app.dependencies.background.whenIdle();
    const before = await stored(postern.database);
    expect(await act(admin.client, 'createUser', { username: 'a b', email: 'nobody', reason: '  ' })).toBeRefusedWith(
      ['USERNAME_INVALID', 'username'],
      ['EMAIL_INVALID', 'email'],
      ['REASON_REQUIRED', 'reason'],
    );
    expect(await act(admin.client, 'createUser', { username: admin.username })).toBeRefusedWith([
      'USERNAME_TAKEN',
      'username',
    ]);
    expect(await act(admin.client, 'createUser', { username: newUsername(), role: 'ADMIN' })).toBeRefusedWith([
      'RANK',
      'role',
    ]);
    expect(await act(admin.client, 'createUser', { username: newUsername(), role: 'SERVICE' })).toBeRefusedWith([
      'RANK',
      'role',
    ]);
    expect(await act(root.client, 'createUser', { username: newUsername(), role: 'ROOT' })).toBeRefusedWith([
      'RANK',
      'role',
    ]);
    expect(
      await act(root.client, 'createUser', { username: newUsername(), role: 'SERVICE', email: newAddress() }),
    ).toBeRefusedWith(['INVALID_VALUE', 'email']);
    expect(await stored(postern.database)).toEqual(before);
  });

  test('rejects an email address for a new account with MAIL_OFF when mail is turned off', async () => {
    const silent = await startBeside(postern, { MAIL: 'off' });
    try {
      const client = Object.assign(admin.client.copy(), { url: silent.url });
      expect(await act(client, 'createUser', { username: newUsername(), email: newAddress() })).toBeRefusedWith([
        'MAIL_OFF',
        'email',
      ]);
    } finally {
      await silent.close();
    }
  });

  test('lets ROOT create a service account and replace its token (R-65, R-71)', async () => {
    const { data } = await act(root.client, 'createUser', { username: newUsername(), role: 'SERVICE' });
    const { user, serviceToken, passwordLink } = data['createUser'];
    expect([user.role, passwordLink]).toEqual(['SERVICE', null]);
    expect(await isIn(program(postern, serviceToken))).toBe(true);
    expect(await act(admin.client, 'resetServiceToken', { userId: user.id })).toBeRefusedWith(['RANK', 'userId']);
    const { token } = (await act(root.client, 'resetServiceToken', { userId: user.id })).data['resetServiceToken'];
    expect(await isIn(program(postern, token))).toBe(true);
    expect((await program(postern, serviceToken).send('{ me { id } }')).status).toBe(401);
    expect(await act(root.client, 'resetServiceToken', { userId: (await newUser(postern)).id })).toBeRefusedWith([
      'NOT_FOUND',
      'userId',
    ]);
    expect(await act(root.client, 'setUserStatus', { userId: user.id, status: 'DISABLED' })).toSucceed();
    expect((await program(postern, token).send('{ me { id } }')).status).toBe(401);
    expect(await act(root.client, 'resetServiceToken', { userId: user.id })).toBeRefusedWith([
      'INVALID_VALUE',
      'userId',
    ]);
  });
});

describe('deleteUser and restoreUser', () => {
  test('blocks a deleted account until it is restored with its previous status', async () => {
    for (const status of ['ACTIVE', 'DISABLED']) {
      const { user, api } = await signedInUser();
      await query(postern.database, 'update accounts set status = ? where username = ?', [status, user.username]);
      expect((await act(admin.client, 'deleteUser', givenTo(user))).data['deleteUser']).toEqual({
        deletedUserId: user.id,
        userErrors: [],
      });
      expect([await isIn(user.client), await isIn(api)]).toEqual([false, false]);
      expect(await loginAs(postern.client(), { login: user.username, password: user.password })).toBeRefusedWith([
        'INVALID_CREDENTIALS',
      ]);
      for (const name of actsOnUsers.filter((each) => each !== 'restoreUser'))
        expect(await act(root.client, name, givenTo(user, extras[name]))).toBeRefusedWith(['NOT_FOUND', 'userId']);
      expect((await act(admin.client, 'restoreUser', givenTo(user))).data['restoreUser']).toEqual({
        user: { id: user.id, status },
        userErrors: [],
      });
      expect(await isIn(user.client)).toBe(false);
      expect(await act(admin.client, 'restoreUser', givenTo(user))).toBeRefusedWith(['NOT_FOUND', 'userId']);
    }
  });

  test('restores no account 30 days after its deletion', async () => {
    const user = await newUser(postern);
    await act(admin.client, 'deleteUser', givenTo(user));
    const deletedDaysAgo = (days: number) =>
      query(postern.database, 'update accounts set deleted_at = ? where username = ?', [
        new Date(postern.clock.read().getTime() - days * 24 * 60 * 60_000),
        user.username,
      ]);
    await deletedDaysAgo(30);
    const before = await stored(postern.database);
    expect(await act(admin.client, 'restoreUser', givenTo(user))).toBeRefusedWith(['NOT_FOUND', 'userId']);
    expect((await stored(postern.database))['accounts']).toEqual(before['accounts']);
    await deletedDaysAgo(29.99);
    expect(await act(admin.client, 'restoreUser', givenTo(user))).toSucceed();
  });

  test('erases personal data after 30 days, but keeps the ID, events and reserved username (R-96, R-100)', async () => {
    const [user, address] = [await newTwoFactorUser(postern), newAddress()];
    await query(postern.database, 'update accounts set email = ?, email_key = ? where username = ?', [
      address,
      address,
      user.username,
    ]);
    await newApiToken(user.client);
    const id = await accountId(postern.database, user.username);
    const [gateway, key] = [
      await newGateway(postern),
      await newCallKey(postern, user, { name: `key of ${user.username}` }),
    ];
    const reportCall = (daysAgo = 0) =>
      report(gateway, [
        call(key, new Date(postern.clock.read().getTime() - daysAgo * 24 * 60 * 60_000), { ip: '198.51.100.77' }),
      ]);
    const logs = () =>
      query(postern.database, 'select call_key_name, ip, quota::int from usage_logs where account_id = ? order by id', [
        id,
      ]);
    const foreign = await newCallKey(postern, await newUser(postern), { name: 'of another user' });
    await reportCall(2);
    await reportCall(0.5);
    expect(await deleteKeys(user.client, [(await newCallKey(postern, user)).id])).toSucceed();
    await report(gateway, [
      call(foreign, new Date(postern.clock.read().getTime() - 24 * 60 * 60_000), { ip: '198.51.100.78' }),
    ]);
    await act(admin.client, 'deleteUser', givenTo(user));
    const kept = { call_key_name: `key of ${user.username}`, ip: '198.51.100.77', quota: 3 };
    const events = () =>
      query(postern.database, 'select * from security_events where account_id = ? order by id', [id]);
    const before = await events();
    const eraseAfter = (days: number, em = fork(postern.database)) =>
      eraseDeletedUsers({
        em,
        keys: postern.app.dependencies.keys,
        now: new Date(postern.clock.read().getTime() + days * 24 * 60 * 60_000),
        config: postern.app.dependencies.config,
      });
    await eraseAfter(29.9);
    expect((await accountOf(postern, user))['erased_at']).toBeNull();
    expect(await logs()).toEqual([kept, kept]);
    // A gateway reports a late call just before the key is deleted.
    const em = fork(postern.database);
    const transactional = em.transactional.bind(em);
    em.transactional = async (...given) => {
      if ((await reportCall()).data.recordUsage?.recorded !== 1) throw new Error('the late call was not recorded');
      return transactional(...given);
    };
    await eraseAfter(30.1, em);
    const anonymous = { call_key_name: '', ip: null, quota: 3 };
    expect(await logs()).toEqual([anonymous, anonymous, anonymous]);
    expect(
      await query(postern.database, 'select call_key_name, ip from usage_logs where call_key_id = ?', [foreign.uuid]),
    ).toEqual([{ call_key_name: 'of another user', ip: '198.51.100.78' }]);
    expect((await reportCall()).data.recordUsage).toMatchObject({
      recorded: 0,
      rejected: [{ code: 'UNKNOWN_CALL_KEY' }],
    });
    const [tombstone] = await query(postern.database, 'select * from accounts where id = ?', [id]);
    expect(tombstone).toMatchObject({
      id,
      username: `~${id}`,
      status: 'DELETED',
      email: null,
      email_key: null,
      password_hash: null,
      last_login_at: null,
    });
    const dump = JSON.stringify(await stored(postern.database));
    expect(dump).not.toContain(address);
    for (const table of [
      'sessions',
      'two_factors',
      'backup_codes',
      'api_tokens',
      'call_keys',
      'deleted_call_keys',
      'known_devices',
    ])
      expect(await query(postern.database, `select 1 from ${table} where account_id = '${id}'`)).toEqual([]);
    expect((await events()).slice(0, before.length)).toEqual(before);
    expect((await events()).slice(before.length)).toMatchObject([{ type: 'USER_ERASED', actor_id: null }]);
    expect(await act(root.client, 'restoreUser', givenTo(user))).toBeRefusedWith(['NOT_FOUND', 'userId']);
    expect(await act(admin.client, 'createUser', { username: user.username })).toBeRefusedWith([
      'USERNAME_TAKEN',
      'username',
    ]);
    await eraseAfter(31);
    expect(await events()).toHaveLength(before.length + 1);
  });

  test('reports an account that can’t be erased and still erases the others', async () => {
    const [first, second] = [await newUser(postern), await newUser(postern)];
    for (const user of [first, second]) await act(admin.client, 'deleteUser', givenTo(user));
    await query(postern.database, 'create table holding (account_id uuid references accounts (id))');
    await query(postern.database, 'insert into holding select id from accounts where username = ?', [first.username]);
    const later = new Date(postern.clock.read().getTime() + 30.1 * 24 * 60 * 60_000);
    const erase = () => {
      const { keys, config } = postern.app.dependencies;
      return eraseDeletedUsers({ em: fork(postern.database), keys, now: later, config });
    };
    const [held, free] = [
      (await accountOf(postern, first))['id'] as string,
      (await accountOf(postern, second))['id'] as string,
    ];
    await expect(erase()).rejects.toMatchObject({
      name: 'AggregateError',
      errors: { length: 1 },
      message: expect.stringContaining(`${held} failed: `),
    });
    const names = (id: string) => query(postern.database, 'select username from accounts where id = ?', [id]);
    expect([await names(held), await names(free)]).toEqual([
      [{ username: first.username }],
      [{ username: `~${free}` }],
    ]);
    await query(postern.database, 'drop table holding');
    await erase();
    expect(await names(held)).toEqual([{ username: `~${held}` }]);
  });
});

describe('every action', () => {
  test.each(actsOnUsers)('%s requires a visible reason of at most 500 characters (R-98)', async (name) => {
    const user = await newUser(postern);
    const before = await stored(postern.database);
    for (const reason of ['', ' \n\t', '\u202e\u0000'])
      expect(await act(root.client, name, givenTo(user, { ...extras[name], reason }))).toBeRefusedWith([
        'REASON_REQUIRED',
        'reason',
      ]);
    expect(await act(root.client, name, givenTo(user, { ...extras[name], reason: '語'.repeat(501) }))).toBeRefusedWith([
      'INVALID_VALUE',
      'reason',
    ]);
    expect(await stored(postern.database)).toEqual(before);
  });

  test('stores an administrator’s reason as one line without control characters', async () => {
    const user = await newUser(postern);
    const [event] = await eventsDuring(postern.database, () =>
      act(
        admin.client,
        'setUserStatus',
        givenTo(user, { status: 'DISABLED', reason: ' left\r\nthe\u001b[31m \u202ecompany ' }),
      ),
    );
    expect(event!.reason).toBe('left the [31m company');
  });

  test.each(actsOnUsers)(
    '%s rejects an unknown user, an invalid ID and the caller’s own account (R-72)',
    async (name) => {
      for (const userId of [
        'user_0000000000000000000000',
        'nothing',
        (await root.client.send('{ me { sessions { id } } }')).data['me'].sessions[0].id,
      ]) {
        expect(await act(root.client, name, { userId, ...extras[name] })).toBeRefusedWith(['NOT_FOUND', 'userId']);
      }
      for (const user of [root, admin])
        expect(await act(user.client, name, givenTo(user, extras[name]))).toBeRefusedWith(['ON_SELF', 'userId']);
    },
  );

  test('rejects demoting or disabling the last ROOT who can sign in (R-72)', async () => {
    const other = await newUserOfRole(postern, 'ROOT');
    await query(postern.database, "update accounts set password_hash = null where role = 'ROOT' and username <> ?", [
      other.username,
    ]);
    try {
      expect(await act(root.client, 'setUserRole', givenTo(other, { role: 'ADMIN' }))).toBeRefusedWith([
        'LAST_ROOT',
        'userId',
      ]);
      expect(await act(root.client, 'setUserStatus', givenTo(other, { status: 'DISABLED' }))).toBeRefusedWith([
        'LAST_ROOT',
        'userId',
      ]);
    } finally {
      await query(
        postern.database,
        "update accounts set password_hash = (select password_hash from accounts where username = ?) where role = 'ROOT'",
        [other.username],
      );
    }
    expect(await act(root.client, 'setUserRole', givenTo(other, { role: 'ADMIN' }))).toSucceed();
  });
});

/** The same administrator after the session expired and a new sign-in. */
async function refreshed(user: TestUser): Promise<TestUser> {
  return { ...user, client: await signIn(postern, user) };
}
