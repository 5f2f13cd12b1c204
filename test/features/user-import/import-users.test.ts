import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eraseDeletedUsers } from '../../../src/features/administration/erase-deleted-users.js';
import { query } from '../../support/database.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { goodPassword, newAddress, newUser, newUsername } from '../../support/users.js';
import { ruleContext } from '../../support/rule-context.js';
import { stored } from '../sign-in/stored.js';
import { importLines, outcomes } from './import-lines.js';

const passwordHash = '$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern({ RETURN_ORIGINS: 'http://console.example.test' });
});
afterAll(() => postern.close());

const account = async (username: string) =>
  (await query<Record<string, unknown>>(postern.database, 'select * from accounts where username = ?', [username]))[0];

test('creates an account with everything that its line says', async () => {
  const [username, email] = [newUsername(), newAddress()];
  const line = {
    externalId: '4711',
    username: ` ${username.toUpperCase()} `,
    email: email.toUpperCase(),
    emailVerified: true,
    role: 'ADMIN',
    status: 'DISABLED',
    passwordHash,
    createdAt: '2024-02-29T08:00:00.123+02:00',
    locale: 'ZH',
  };
  expect(outcomes(await importLines(postern, [line]))).toEqual(['IMPORTED']);
  expect(await account(username)).toMatchObject({
    username,
    role: 'ADMIN',
    status: 'DISABLED',
    password_hash: passwordHash,
    email: expect.stringMatching(new RegExp(`^${email}$`, 'i')),
    email_key: email,
    locale: 'ZH',
    auth_version: 1,
    created_at: new Date('2024-02-29T06:00:00.123Z'),
    last_login_at: null,
    erased_at: null,
  });
});

test('binds a verified address only, and counts one that was left out', async () => {
  const names = [newUsername(), newUsername(), newUsername()];
  const results = await importLines(postern, [
    { username: names[0], email: newAddress(), emailVerified: false },
    { username: names[1], email: 'not an address' },
    { username: names[2] },
  ]);
  expect(results.map(({ result, user }) => [result, user?.leavesOutEmail])).toEqual([
    ['IMPORTED', true],
    ['IMPORTED', true],
    ['IMPORTED', false],
  ]);
  for (const name of names) expect(await account(name)).toMatchObject({ email: null, email_key: null });
});

describe('refuses a line, names the field, and repeats no value', () => {
  test.each([
    ['what is no JSON', '{"username":', [null]],
    ['a list', '[]', [null]],
    ['an unknown field', { username: 'newcomer', passwordhash: 'secret-value' }, ['passwordhash']],
    ['no username', { email: 'secret-value' }, ['username']],
    ['a number as its username', { username: 4711 }, ['username']],
    ['a username with a space', { username: 'secret value' }, ['username']],
    ['a reserved username', { username: 'support' }, ['username']],
    ['an invalid address', { username: 'newcomer', email: 'secret-value', emailVerified: true }, ['email']],
    ['a word for a truth', { username: 'newcomer', emailVerified: 'secret-value' }, ['emailVerified']],
    ['the role ROOT', { username: 'newcomer', role: 'ROOT' }, ['role']],
    ['the role SERVICE', { username: 'newcomer', role: 'SERVICE' }, ['role']],
    ['the status DELETED', { username: 'newcomer', status: 'DELETED' }, ['status']],
    ['a password in place of a hash', { username: 'newcomer', passwordHash: 'secret-value' }, ['passwordHash']],
    ['a day that does not exist', { username: 'newcomer', createdAt: '2026-02-30T00:00:00Z' }, ['createdAt']],
    ['a time without a zone', { username: 'newcomer', createdAt: '2026-02-01T00:00:00' }, ['createdAt']],
    ['a time in the future', { username: 'newcomer', createdAt: '2126-02-01T00:00:00Z' }, ['createdAt']],
    ['another language', { username: 'newcomer', locale: 'secret-value' }, ['locale']],
    ['an ID with a NUL', { username: 'newcomer', externalId: 'secret\0value' }, ['externalId']],
    ['several faults', { username: 1, role: 'X', token: 'secret-value' }, ['username', 'role', 'token']],
  ])('with %s', async (_, line, fields) => {
    const before = await stored(postern.database);
    const [result] = await importLines(postern, [line]);
    expect(result).toMatchObject({ line: 1, result: 'REFUSED' });
    expect(result!.faults.map(({ field }) => field)).toEqual(fields);
    expect(JSON.stringify(result!.faults)).not.toMatch(/secret/);
    expect(await stored(postern.database)).toEqual(before);
  });
});

test('gives an administrator a reserved username (R-100)', async () => {
  expect(outcomes(await importLines(postern, [{ username: 'helpdesk', role: 'ADMIN' }]))).toEqual(['IMPORTED']);
});

test('imports the first of several lines with one username, address or ID', async () => {
  const [one, other, third, email] = [newUsername(), newUsername(), newUsername(), newAddress()];
  const lines = [
    { username: one, email, emailVerified: true, externalId: '1 of one' },
    { username: one.toUpperCase(), externalId: '2' },
    { username: other, email: email.toUpperCase(), emailVerified: true },
    { username: third, externalId: '1 of one' },
  ];
  for (const isDryRun of [true, false]) {
    const results = await importLines(postern, lines, isDryRun);
    expect(outcomes(results)).toEqual(['IMPORTED', 'username', 'email', 'externalId']);
    expect(results[1]!.faults).toEqual([{ field: 'username', message: 'Is the same as in line 1.' }]);
  }
  expect([await account(other), await account(third)]).toEqual([undefined, undefined]);
});

test('never changes an account that has the username or address already (R-44, R-100)', async () => {
  const [user, email] = [await newUser(postern), newAddress()];
  await query(postern.database, 'update accounts set email = ?, email_key = ? where username = ?', [
    email,
    email,
    user.username,
  ]);
  const before = await stored(postern.database);
  const lines = [
    { username: user.username, passwordHash, role: 'ADMIN' },
    { username: newUsername(), email, emailVerified: true, passwordHash },
  ];
  for (const isDryRun of [true, false])
    expect(outcomes(await importLines(postern, lines, isDryRun))).toEqual(['username', 'email']);
  expect(await stored(postern.database)).toEqual(before);
});

test('refuses a username that others had, and an address that they gave up recently (R-51, R-125a)', async () => {
  const [holder, released, retired, email] = [await newUser(postern), newUsername(), newUsername(), newAddress()];
  const rename = (username: string) =>
    holder.client.send(
      'mutation ($input: ChangeUsernameInput!) { changeUsername(input: $input) { userErrors { code } } }',
      {
        input: { username },
      },
    );
  await query(
    postern.database,
    "insert into email_changes (id, account_id, former_email, former_email_key, new_email, token_hash, created_at, expires_at) select gen_random_uuid(), id, ?, ?, 'x@example.org', 'a hash', now(), now() + interval '9 years' from accounts where username = ?",
    [email, email, holder.username],
  );
  expect(await rename(retired)).toSucceed();
  postern.clock.advance({ days: 1 });
  const again = await holder.client.send(
    'mutation ($input: LoginInput!) { login(input: $input) { session { token } userErrors { code } } }',
    { input: { login: retired, password: goodPassword } },
  );
  expect(again).toSucceed();
  expect(await rename(released)).toSucceed();
  await query(postern.database, 'delete from released_usernames where username = ?', [retired]);
  const lines = [
    { username: holder.username },
    { username: retired },
    { username: newUsername(), email, emailVerified: true },
  ];
  const before = await stored(postern.database);
  for (const isDryRun of [true, false])
    expect(outcomes(await importLines(postern, lines, isDryRun))).toEqual(['username', 'username', 'email']);
  expect(await stored(postern.database)).toEqual(before);
});

test('imports no one twice, whatever happened to the account since', async () => {
  const [renamed, erased, kept] = [newUsername(), newUsername(), newUsername()];
  const lines = [{ username: renamed }, { username: erased, externalId: '7' }, { username: kept, passwordHash }];
  expect(outcomes(await importLines(postern, lines))).toEqual(['IMPORTED', 'IMPORTED', 'IMPORTED']);
  await query(postern.database, 'update accounts set username = ? where username = ?', [newUsername(), renamed]);
  await query(
    postern.database,
    "update accounts set status = 'DELETED', status_before_deletion = 'ACTIVE', deleted_at = now() - interval '31 days' where username = ?",
    [erased],
  );
  await eraseDeletedUsers(ruleContext(postern));
  expect(await account(erased)).toBeUndefined();
  const before = await stored(postern.database);
  const changed = [lines[0]!, { ...lines[1], username: newUsername() }, { ...lines[2], role: 'ADMIN' }];
  for (const isDryRun of [true, false])
    expect(outcomes(await importLines(postern, changed, isDryRun))).toEqual(Array(3).fill('ALREADY_THERE'));
  expect(await stored(postern.database)).toEqual(before);
});

test('changes nothing in a dry run', async () => {
  const before = await stored(postern.database);
  const lines = [{ username: newUsername(), passwordHash }, { username: 'x' }];
  expect(outcomes(await importLines(postern, lines, true))).toEqual(['IMPORTED', 'username']);
  expect(await stored(postern.database)).toEqual(before);
});
