import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { findViewerBySession } from '../../../src/features/session/find-viewer-by-session.js';
import { changeUsername } from '../../../src/features/username/change-username.js';
import type { Client } from '../../support/client.js';
import { query } from '../../support/database.js';
import { graphql } from '../../support/generated/gql.js';
import { goodPassword, newUser, newUsername, signIn } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { ruleContext } from '../../support/rule-context.js';

const ChangeUsername = graphql(`
  mutation ChangeUsername($input: ChangeUsernameInput!) {
    changeUsername(input: $input) { user { id username } userErrors { code field message } }
  }
`);

const rename = (client: Client, username: string) => client.send(ChangeUsername, { input: { username } });
const register = (username: string) =>
  postern.client().send('mutation ($input: RegisterInput!) { register(input: $input) { userErrors { code field } } }', {
    input: { username, password: goodPassword, confirmPassword: goodPassword },
  });

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

test('keeps ID and session when a username changes, but only the new name signs in (R-100)', async () => {
  const user = await newUser(postern);
  const username = newUsername();
  const answer = await rename(user.client, username.toUpperCase());
  expect(answer.data.changeUsername!.user).toEqual({ id: user.id, username });
  expect((await user.client.send('{ me { id username } }')).data).toEqual({ me: { id: user.id, username } });
  expect((await (await signIn(postern, { ...user, username })).send('{ me { id } }')).data).toEqual({
    me: { id: user.id },
  });
  expect((await (await signIn(postern, user)).send('{ me { id } }')).data).toEqual({ me: null });
});

test('rejects a second change of a username within 24 hours (R-100)', async () => {
  const { client } = await newUser(postern);
  await rename(client, newUsername());
  expect(await rename(client, newUsername())).toBeRefusedWith(['USERNAME_CHANGED_RECENTLY', 'username']);
  await query(postern.database, `update accounts set username_changed_at = username_changed_at - interval '1 day'`);
  expect(await rename(client, newUsername())).toSucceed();
});

test('reserves a released username for its owner for 30 days (R-100)', async () => {
  const user = await newUser(postern);
  const other = await newUser(postern);
  await rename(user.client, newUsername());
  expect(await register(user.username)).toBeRefusedWith(['USERNAME_TAKEN', 'username']);
  expect(await rename(other.client, user.username)).toBeRefusedWith(['USERNAME_TAKEN', 'username']);
  await query(postern.database, 'update accounts set username_changed_at = null');
  expect(await rename(user.client, user.username)).toSucceed();
  await query(postern.database, 'update accounts set username_changed_at = null');
  await rename(user.client, newUsername());
  await query(postern.database, `update released_usernames set reserved_until = reserved_until - interval '30 days'`);
  expect(await register(user.username)).toSucceed();
});

test('rejects taken, reserved and malformed usernames, and changes nothing (R-100)', async () => {
  const user = await newUser(postern);
  const other = await newUser(postern);
  expect(await rename(user.client, other.username)).toBeRefusedWith(['USERNAME_TAKEN', 'username']);
  expect(await rename(user.client, 'root')).toBeRefusedWith(['USERNAME_RESERVED', 'username']);
  expect(await rename(user.client, 'a@b.example')).toBeRefusedWith(['USERNAME_INVALID', 'username']);
  expect(await rename(user.client, '\u0000\u0000\u0000')).toBeRefusedWith(['USERNAME_INVALID', 'username']);
  expect((await user.client.send('{ me { username } }')).data).toEqual({ me: { username: user.username } });
  expect(await query(postern.database, 'select * from released_usernames where username = ?', [user.username])).toEqual(
    [],
  );
});

test('treats the same username as no change, so that no 24-hour limit starts (R-100)', async () => {
  const user = await newUser(postern);
  expect(await rename(user.client, user.username.toUpperCase())).toSucceed();
  expect(await rename(user.client, newUsername())).toSucceed();
});

test('rejects a change of a username that has changed since the request began (R-100)', async () => {
  const user = await newUser(postern, 'BEARER');
  const context = ruleContext(postern);
  const asItWasRead = (await findViewerBySession(context.reader, user.client.token!, 'BEARER', context.now))!;
  await query(postern.database, 'update accounts set username = ? where username = ?', [newUsername(), user.username]);
  await expect(changeUsername(context, asItWasRead, newUsername())).rejects.toMatchObject({
    userErrors: [{ code: 'USERNAME_CHANGED_RECENTLY' }],
  });
  expect(await query(postern.database, 'select * from released_usernames where username = ?', [user.username])).toEqual(
    [],
  );
});

test('requires a session with step-up to change a username (R-61, R-100)', async () => {
  const { client } = await newUser(postern);
  expect(await rename(postern.client(), newUsername())).toFailWith('UNAUTHENTICATED');
  postern.clock.advance({ minutes: 11 });
  expect(await rename(client, newUsername())).toFailWith('STEP_UP_REQUIRED');
});
