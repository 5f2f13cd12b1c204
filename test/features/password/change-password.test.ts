import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { changePassword } from '../../../src/features/password/change-password.js';
import { findViewerBySession } from '../../../src/features/session/find-viewer-by-session.js';
import { accountId } from '../security-event/events.js';
import type { Client } from '../../support/client.js';
import { query } from '../../support/database.js';
import { graphql } from '../../support/generated/gql.js';
import { goodPassword, newUser, newUsername, signIn, type TestUser } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { CredentialRevokedError } from '../../../src/rules/authority.js';
import { ruleContext } from '../../support/rule-context.js';

const ChangePassword = graphql(`
  mutation ChangePassword($input: ChangePasswordInput!) {
    changePassword(input: $input) { user { username } session { token session { id current } } userErrors { code field message } }
  }
`);

const nextPassword = 'Louder-Lantern-88';
const change = (
  client: Client,
  input: { currentPassword?: string; newPassword?: string; confirmPassword?: string } = {},
) =>
  client.send(ChangePassword, {
    input: {
      currentPassword: goodPassword,
      newPassword: nextPassword,
      confirmPassword: input.newPassword ?? nextPassword,
      ...input,
    },
  });

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

const stored = async ({ username }: TestUser) =>
  (
    await query<{ password_hash: string; auth_version: number }>(
      postern.database,
      'select password_hash, auth_version from accounts where username = ?',
      [username],
    )
  )[0]!;
const isSignedIn = async (client: Client) =>
  ((await client.copy().send('{ me { id } }')).data?.['me'] ?? null) !== null;

test('accepts the new password and rejects the old one after a change (R-6)', async () => {
  const user = await newUser(postern);
  expect(await change(user.client)).toSucceed();
  expect(await isSignedIn(await signIn(postern, { ...user, password: nextPassword }))).toBe(true);
  expect(await isSignedIn(await signIn(postern, user))).toBe(false);
});

test('revokes other sessions and gives the current one a new token when the password changes (R-50, R-54)', async () => {
  const user = await newUser(postern);
  const [other, program] = [await signIn(postern, user), await signIn(postern, user, 'BEARER')];
  const stolen = user.client.copy();
  const { data } = await change(user.client);
  expect(data.changePassword!.session!.token).toBeNull();
  expect(data.changePassword!.session!.session.current).toBe(true);
  expect(await isSignedIn(user.client)).toBe(true);
  expect(await isSignedIn(other)).toBe(false);
  expect(await isSignedIn(program)).toBe(false);
  expect(await isSignedIn(stolen)).toBe(false);
});

test('returns the new token to a bearer session when the password changes, and sets no cookie (R-53)', async () => {
  const user = await newUser(postern, 'BEARER');
  const answer = await change(user.client);
  expect(answer.headers.getSetCookie()).toEqual([]);
  expect(await isSignedIn(user.client)).toBe(false);
  user.client.token = answer.data.changePassword!.session!.token!;
  expect(await isSignedIn(user.client)).toBe(true);
});

test('forgets known devices when the password changes (R-50)', async () => {
  const user = await newUser(postern);
  const browser = await signIn(postern, user);
  await change(user.client);
  browser.cookies.delete('postern_session');
  await browser.send('mutation ($input: LoginInput!) { login(input: $input) { userErrors { code } } }', {
    input: { login: user.username, password: 'wrong-wrong' },
  });
  const buckets = await query<{ bucket: string }>(postern.database, 'select bucket from attempts');
  expect(buckets.filter(({ bucket }) => bucket.startsWith('password:device:'))).toEqual([]);
  const id = await accountId(postern.database, user.username);
  expect(buckets).toContainEqual({ bucket: `password:network:${id}:127.0.0.0/24` });
});

test('rejects a password change with a wrong current password, and changes nothing (R-6)', async () => {
  const user = await newUser(postern);
  const before = await stored(user);
  expect(await change(user.client, { currentPassword: 'wrong-wrong' })).toBeRefusedWith([
    'INCORRECT_PASSWORD',
    'currentPassword',
  ]);
  expect(await stored(user)).toEqual(before);
  expect(await isSignedIn(user.client)).toBe(true);
});

test('reports all errors in the new password before verifying the current one (R-6)', async () => {
  const user = await newUser(postern);
  const before = await stored(user);
  for (const currentPassword of [goodPassword, 'wrong-wrong']) {
    expect(
      await change(user.client, { currentPassword, newPassword: 'short', confirmPassword: 'other' }),
    ).toBeRefusedWith(['PASSWORD_TOO_SHORT', 'newPassword'], ['PASSWORDS_DIFFER', 'confirmPassword']);
    expect(
      await change(user.client, { currentPassword, newPassword: 'password1', confirmPassword: 'password1' }),
    ).toBeRefusedWith(['PASSWORD_TOO_COMMON', 'newPassword']);
    expect(
      await change(user.client, {
        currentPassword,
        newPassword: `${user.username}000`,
        confirmPassword: `${user.username}000`,
      }),
    ).toBeRefusedWith(['PASSWORD_CONTAINS_IDENTITY', 'newPassword']);
    expect(
      await change(user.client, { currentPassword, newPassword: currentPassword, confirmPassword: currentPassword }),
    ).toBeRefusedWith(['PASSWORD_UNCHANGED', 'newPassword']);
  }
  expect(await stored(user)).toEqual(before);
  expect(
    await query(
      postern.database,
      'select * from attempts where bucket in (select ? || s.id from sessions s join accounts a on a.id = s.account_id where username = ?)',
      ['password:session:', user.username],
    ),
  ).toEqual([]);
});

test('locks only password changes after ten wrong ones, and reports the time to wait (R-6, R-19)', async () => {
  const user = await newUser(postern);
  for (let n = 0; n < 10; n += 1) await change(user.client, { currentPassword: 'wrong-wrong' });
  const refused = await change(user.client);
  expect(refused).toFailWith('RATE_LIMITED');
  expect(refused.errors[0]!.extensions['retryAfterSeconds']).toBe(60);
  expect(await isSignedIn(await signIn(postern, user))).toBe(true);
  postern.clock.advance({ minutes: 1, seconds: 1 });
  expect(await change(user.client)).toSucceed();
});

test('lets the user change the password in a new session after a stolen one guessed too often (R-19)', async () => {
  const user = await newUser(postern);
  const stolen = user.client.copy();
  for (let n = 0; n < 10; n += 1) await change(stolen, { currentPassword: 'wrong-wrong' });
  expect(await change(stolen)).toFailWith('RATE_LIMITED');
  expect(await change(await signIn(postern, user))).toSucceed();
});

test('counts from zero again after nine wrong current passwords and a right one (R-19)', async () => {
  const user = await newUser(postern);
  const failNineTimes = async (currentPassword: string) => {
    for (let n = 0; n < 9; n += 1)
      expect(await change(user.client, { currentPassword })).toBeRefusedWith(['INCORRECT_PASSWORD', 'currentPassword']);
  };
  await failNineTimes('wrong-wrong');
  expect(await change(user.client)).toSucceed();
  await failNineTimes('wrong-wrong');
});

test('opens no step-up window when the password changes, since no second factor is verified (R-61)', async () => {
  const { client } = await newUser(postern);
  postern.clock.advance({ minutes: 11 });
  expect(await change(client)).toSucceed();
  expect(
    await client.send(
      'mutation ($input: ChangeUsernameInput!) { changeUsername(input: $input) { userErrors { code } } }',
      { input: { username: newUsername() } },
    ),
  ).toFailWith('STEP_UP_REQUIRED');
});

test.each([
  ['whose session ended', 'auth_version = auth_version + 1', CredentialRevokedError],
  ['whose password was changed', "password_hash = 'another'", 'INCORRECT_PASSWORD'],
] as const)(
  'rejects a password change by a user %s while the new password is being hashed (R-6, R-56)',
  async (_what, meanwhile, refusal) => {
    const user = await newUser(postern, 'BEARER');
    const context = ruleContext(postern);
    const viewer = (await findViewerBySession(context.reader, user.client.token!, 'BEARER', context.now))!;
    let before: unknown;
    const hash = async (password: string) => {
      await query(postern.database, `update accounts set ${meanwhile} where username = ?`, [user.username]);
      before = await stored(user);
      return context.passwords.hash(password);
    };
    const input = { currentPassword: goodPassword, newPassword: nextPassword, confirmPassword: nextPassword };
    const changed = changePassword({ ...context, passwords: { ...context.passwords, hash } }, viewer, input);
    if (refusal === CredentialRevokedError) await expect(changed).rejects.toThrow(refusal);
    else await expect(changed).rejects.toMatchObject({ userErrors: [{ code: refusal }] });
    expect(await stored(user)).toEqual(before);
  },
);

test('changes the password while unknown devices are locked (R-19)', async () => {
  const user = await newUser(postern);
  for (let n = 0; n < 11; n += 1) await signIn(postern, { ...user, password: 'wrong-wrong' });
  expect(await change(user.client)).toSucceed();
});

test('records one successful PASSWORD_CHANGED event (R-96)', async () => {
  const user = await newUser(postern);
  await change(user.client);
  expect(
    await query(
      postern.database,
      `select outcome from security_events where type = 'PASSWORD_CHANGED' and account_id = (select id from accounts where username = ?)`,
      [user.username],
    ),
  ).toEqual([{ outcome: 'SUCCESS' }]);
});

test('rejects a password change by an anonymous caller', async () => {
  expect(await change(postern.client())).toFailWith('UNAUTHENTICATED');
});
