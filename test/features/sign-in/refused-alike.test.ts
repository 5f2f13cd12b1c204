import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { findAccountForSignIn } from '../../../src/features/sign-in/find-account-for-sign-in.js';
import { signIn as openSession } from '../../../src/features/sign-in/sign-in.js';
import { eventsDuring } from '../security-event/events.js';
import { inState } from '../../support/account-states.js';
import type { Answer } from '../../support/client.js';
import { query } from '../../support/database.js';
import { newUser, newUsername, type TestUser } from '../../support/users.js';
import { ruleContext } from '../../support/rule-context.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { markTwoFactorOn } from '../../support/two-factor.js';
import { loginAs, whoAmI } from './login-as.js';
import { stored } from './stored.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

const WRONG = 'not the password';

/** A user whose account was changed by SQL. */
async function userWith(change: string): Promise<TestUser> {
  const user = await newUser(postern);
  await query(postern.database, `update accounts set ${change} where username = ?`, [user.username]);
  return user;
}

/** Users who cannot sign in, and the credentials that they try. */
const attempts: Record<string, () => Promise<{ login: string; password: string }>> = {
  'a wrong password': async () => ({ login: (await newUser(postern)).username, password: WRONG }),
  'an unknown name': () => Promise.resolve({ login: newUsername(), password: WRONG }),
  'something that is no name': () => Promise.resolve({ login: 'no name at all! \u0000', password: WRONG }),
  'an email address': () => Promise.resolve({ login: 'somebody@example.org', password: WRONG }),
  'an empty name': () => Promise.resolve({ login: '', password: WRONG }),
  'an account without a password': async () => ({
    login: (await userWith('password_hash = null')).username,
    password: WRONG,
  }),
  'a deleted account with a wrong password': async () => ({
    login: (await userWith(inState.DELETED)).username,
    password: WRONG,
  }),
  'a deleted account with its right password': async () => {
    const { username, password } = await userWith(inState.DELETED);
    return { login: username, password };
  },
  'a deleted account with its right password and a second factor': async () => {
    const { username, password } = await userWith(inState.DELETED);
    await markTwoFactorOn(postern.database, username);
    return { login: username, password };
  },
  'a disabled account with a wrong password': async () => ({
    login: (await userWith("status = 'DISABLED'")).username,
    password: WRONG,
  }),
  'a hash that cannot be run': async () => ({
    login: (await userWith("password_hash = '$argon2id$v=19$m=4294967295,t=9,p=1$c2FsdHNhbHRzYWx0$dGFndGFndGFn'"))
      .username,
    password: WRONG,
  }),
};

/** A response without the headers that differ each time. */
const withoutTime = ({ status, headers, text }: Answer<unknown>) => ({
  status,
  text,
  headers: [...headers].filter(([name]) => name !== 'date' && name !== 'x-request-id'),
});

describe.each(['COOKIE', 'BEARER'] as const)('with delivery %s', (delivery) => {
  test.each(Object.entries(attempts))(
    'responds to %s exactly as to a wrong password, and changes nothing (R-13)',
    async (_, prepare) => {
      const reference = withoutTime(
        await loginAs(postern.client(), { ...(await attempts['a wrong password']!()), delivery }),
      );
      expect(reference).toMatchObject({
        status: 200,
        text: `{"data":{"login":{"user":null,"session":null,"secondFactor":null,"userErrors":[{"code":"INVALID_CREDENTIALS","field":null,"message":"Incorrect username or password."}]}}}\n`,
      });
      const wish = await prepare();
      const before = await stored(postern.database);
      const client = postern.client();
      const answer = await loginAs(client, { ...wish, delivery });
      expect(withoutTime(answer)).toEqual(reference);
      expect(answer).toBeRefusedWith(['INVALID_CREDENTIALS']);
      expect(answer.headers.getSetCookie()).toEqual([]);
      expect(await stored(postern.database)).toEqual(before);
      expect(await whoAmI(client)).toBeNull();
    },
  );
});

test('reveals that an account is disabled only to a client with its right password (R-13)', async () => {
  const { username: login, password } = await userWith("status = 'DISABLED'");
  const before = await stored(postern.database);
  const client = postern.client();
  expect(await loginAs(client, { login, password: WRONG })).toBeRefusedWith(['INVALID_CREDENTIALS']);
  const answer = await loginAs(client, { login, password });
  expect(answer).toBeRefusedWith(['ACCOUNT_DISABLED']);
  expect(answer.data.login).toMatchObject({ user: null, session: null, secondFactor: null });
  expect(answer.headers.getSetCookie()).toEqual([]);
  expect(await stored(postern.database)).toEqual(before);
  expect(await whoAmI(client)).toBeNull();
});

test('challenges a disabled account before revealing that it is disabled (R-13)', async () => {
  const { username: login, password } = await userWith("status = 'DISABLED'");
  await markTwoFactorOn(postern.database, login);
  const { data } = await loginAs(postern.client(), { login, password });
  expect(data.login).toMatchObject({
    user: null,
    session: null,
    userErrors: [],
    secondFactor: { factors: ['TOTP'] },
  });
});

test.each([
  ['whose authVersion was raised', 'auth_version = auth_version + 1'],
  ['that was disabled', inState.DISABLED],
  ['that was deleted', inState.DELETED],
])('opens no session for an account %s while the password is being verified (R-11, R-96)', async (_, change) => {
  const user = await newUser(postern);
  const { database } = postern;
  const asItWasRead = (await findAccountForSignIn(database.reader, user.username))!;
  await query(database, `update accounts set ${change} where username = ?`, [user.username]);
  const before = await stored(database);
  const events = await eventsDuring(database, async () => {
    await expect(
      openSession(ruleContext(postern), {
        account: asItWasRead,
        factors: ['PASSWORD'],
        methods: ['pwd'],
        rememberMe: false,
        delivery: 'COOKIE',
        previous: null,
        deviceId: null,
        inTransaction: () => Promise.resolve(true),
      }),
    ).rejects.toMatchObject({ userErrors: [{ code: 'INVALID_CREDENTIALS' }] });
  });
  expect(await stored(database)).toEqual(before);
  expect(events).toMatchObject([
    { type: 'LOGIN_FAILED', outcome: 'REFUSED', account_id: asItWasRead.id, session_id: null },
  ]);
});
