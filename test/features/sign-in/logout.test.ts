import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { findViewerBySession } from '../../../src/features/session/find-viewer-by-session.js';
import { logout } from '../../../src/features/sign-in/logout.js';
import { eventsDuring } from '../security-event/events.js';
import { graphql } from '../../support/generated/gql.js';
import { newUser, signIn } from '../../support/users.js';
import { ruleContext } from '../../support/rule-context.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { whoAmI } from './login-as.js';
import { stored } from './stored.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

const SignInLogout = graphql(`mutation SignInLogout { logout { userErrors { code } } }`);

test('revokes the session on the server and clears the cookie at sign-out (R-57)', async () => {
  const { client } = await newUser(postern);
  const attacker = client.copy();
  const answer = await client.send(SignInLogout);
  expect(answer).toSucceed();
  expect(answer.headers.getSetCookie()).toEqual([
    expect.stringMatching(/^postern_session=;.*Expires=Thu, 01 Jan 1970/),
  ]);
  expect([...client.cookies.keys()]).toEqual(['postern_device']);
  expect(await whoAmI(attacker)).toBeNull();
});

test('rejects a bearer token after signing out (R-57)', async () => {
  const { client } = await newUser(postern, 'BEARER');
  expect(await client.send(SignInLogout)).toSucceed();
  const answer = await client.send('{ me { id } }');
  expect(answer.status).toBe(401);
  expect(answer).toFailWith('UNAUTHENTICATED');
});

test('keeps other sessions of the account and of other accounts at sign-out (R-57)', async () => {
  const [user, someone] = [await newUser(postern), await newUser(postern)];
  const other = await signIn(postern, user);
  await user.client.send(SignInLogout);
  expect(await whoAmI(other)).toBe(user.username);
  expect(await whoAmI(someone.client)).toBe(someone.username);
});

test('lets a client sign out without a session, and changes and records nothing', async () => {
  const before = await stored(postern.database);
  const events = await eventsDuring(postern.database, async () => {
    expect(await postern.client().send(SignInLogout)).toSucceed();
    const unknownDevice = postern.client();
    unknownDevice.cookies.set('postern_session', 'nonsense');
    expect(await unknownDevice.send(SignInLogout)).toSucceed();
  });
  expect(events).toEqual([]);
  expect(await stored(postern.database)).toEqual(before);
});

test('lets two concurrent sign-outs of one session succeed, and records one (R-96)', async () => {
  const { client } = await newUser(postern, 'BEARER');
  const { database, clock } = postern;
  const viewer = (await findViewerBySession(database.reader, client.token!, 'BEARER', clock.read()))!;
  const signOut = () => logout(ruleContext(postern), viewer);
  const events = await eventsDuring(database, () => Promise.all([signOut(), signOut()]));
  expect(events).toMatchObject([{ type: 'LOGGED_OUT', session_id: viewer.sessionId }]);
});
