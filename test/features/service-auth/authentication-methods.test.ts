import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { authenticationMethods } from '../../../src/features/service-auth/authentication-methods.js';
import { authenticatedAt } from '../../../src/features/session/authenticated-at.js';
import { findViewerBySession } from '../../../src/features/session/find-viewer-by-session.js';
import type { AuthenticationMethod } from '../../../src/rules/authentication-method.js';
import type { Client } from '../../support/client.js';
import { query } from '../../support/database.js';
import {
  confirmationOptions,
  deletePasskey,
  loginOptions,
  loginWithPasskey,
  newPasskeyUser,
  pageOrigin,
  registerPasskey,
  registrationOptions,
} from '../../support/passkeys.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { SoftwareAuthenticator, type AuthenticatorState } from '../../support/software-authenticator.js';
import { newTrustingUser, signInAgain } from '../../support/trusted-browsers.js';
import { confirmIdentity, newTwoFactorUser, openChallenge, verifySecondFactor } from '../../support/two-factor.js';
import { newUser, signIn } from '../../support/users.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern({ TRUSTED_BROWSER_DAYS: '30' });
});
afterAll(() => postern.close());

async function viewerOf(client: Client) {
  const token = client.token ?? client.cookies.get('postern_session')!;
  return (await findViewerBySession(postern.database.reader, token, 'BEARER', postern.clock.read()))!;
}

/** A client with the token of a session. */
const clientWith = (token: string | null | undefined) => {
  const client = postern.client();
  client.token = token ?? null;
  return client;
};

const methodsOf = async (client: Client) => authenticationMethods(await viewerOf(client));

const synced = (state: AuthenticatorState) => {
  state.backupEligible = true;
  state.backedUp = true;
};
const unverified = (state: AuthenticatorState) => {
  state.userVerified = false;
};

/** A user whose passkey is synced. */
async function newSyncedUser() {
  const user = await newUser(postern);
  const authenticator = new SoftwareAuthenticator(pageOrigin);
  const options = await registrationOptions(user.client, { password: user.password });
  expect(await registerPasskey(user.client, authenticator.register(options, synced))).toSucceed();
  return { ...user, authenticator };
}

test.each<[AuthenticationMethod[], string[]]>([
  [[], []],
  [['pwd'], ['pwd']],
  [['otp'], ['otp']],
  [
    ['otp', 'pwd'],
    ['mfa', 'otp', 'pwd'],
  ],
  [
    ['pwd', 'hwk'],
    ['hwk', 'mfa', 'pwd'],
  ],
  [
    ['swk', 'pwd'],
    ['mfa', 'pwd', 'swk'],
  ],
  [['hwk'], ['hwk']],
  [
    ['user', 'swk'],
    ['mfa', 'swk', 'user'],
  ],
])('names the methods %j of a session %j', (methods, amr) => {
  expect(authenticationMethods({ methods })).toEqual(amr);
});

test('names the password of a sign-up and of a sign-in, and no second factor', async () => {
  const user = await newUser(postern);
  expect(await methodsOf(user.client)).toEqual(['pwd']);
  expect(await methodsOf(await signIn(postern, user))).toEqual(['pwd']);
});

test.each([
  ['an authenticator code', async ({ app }: TwoFactor) => ({ totpCode: await app.nextCode() })],
  ['a backup code', ({ backupCodes }: TwoFactor) => Promise.resolve({ backupCode: backupCodes[0]! })],
])('names password, one-time code and two factors of a sign-in with %s', async (_, factorOf) => {
  const user = await newTwoFactorUser(postern, 'BEARER');
  const client = postern.client();
  const { data } = await verifySecondFactor(client, await openChallenge(client, user), await factorOf(user));
  client.token = data.verifySecondFactor!.session!.token!;
  expect(await methodsOf(client)).toEqual(['mfa', 'otp', 'pwd']);
});
type TwoFactor = Awaited<ReturnType<typeof newTwoFactorUser>>;

test('adds the one-time code that turned two-factor authentication on', async () => {
  const { client } = await newTwoFactorUser(postern);
  expect(await methodsOf(client)).toEqual(['mfa', 'otp', 'pwd']);
});

test('names a passkey that one device keeps, and its user verification', async () => {
  const { client, authenticator } = await newPasskeyUser(postern, 'BEARER');
  expect(await methodsOf(client)).toEqual(['hwk', 'mfa', 'pwd', 'user']);
  const { data } = await loginWithPasskey(postern.client(), authenticator.answer(await loginOptions(client)));
  expect(await methodsOf(clientWith(data.loginWithPasskey?.session?.token))).toEqual(['hwk', 'mfa', 'user']);
});

test('names a synced passkey, at registration and at a sign-in', async () => {
  const { client, authenticator } = await newSyncedUser();
  expect(await methodsOf(client)).toEqual(['mfa', 'pwd', 'swk', 'user']);
  const { data } = await loginWithPasskey(client, authenticator.answer(await loginOptions(client), synced), 'BEARER');
  expect(await methodsOf(clientWith(data.loginWithPasskey?.session?.token))).toEqual(['mfa', 'swk', 'user']);
});

test('names no user verification of a passkey that asked for none beside the password', async () => {
  const user = await newPasskeyUser(postern);
  const client = postern.client();
  const challenge = await client.send(
    'mutation ($input: LoginInput!) { login(input: $input) { secondFactor { challenge passkeyOptions } } }',
    { input: { login: user.username, password: user.password, delivery: 'BEARER' } },
  );
  const { challenge: token, passkeyOptions } = (
    challenge.data['login'] as { secondFactor: { challenge: string; passkeyOptions: unknown } }
  ).secondFactor;
  const { data } = await verifySecondFactor(client, token, {
    passkey: user.authenticator.answer(passkeyOptions, unverified),
  });
  client.token = data.verifySecondFactor!.session!.token!;
  expect(await methodsOf(client)).toEqual(['hwk', 'mfa', 'pwd']);
});

test('names the password alone of a session whose second factor a trusted browser replaced (R-111)', async () => {
  const user = await newTrustingUser(postern);
  const browser = await signInAgain(user);
  expect(await methodsOf(browser)).toEqual(['pwd']);
  const viewer = await viewerOf(browser);
  expect(authenticatedAt(viewer)).toEqual(viewer.signedInAt);
  expect(await confirmIdentity(browser, user.password, { backupCode: user.backupCodes[0]! })).toSucceed();
  expect(await methodsOf(browser)).toEqual(['mfa', 'otp', 'pwd']);
});

test('adds what the user confirms their identity with, each method once', async () => {
  const { client, authenticator, password } = await newPasskeyUser(postern, 'BEARER');
  const response = authenticator.answer(await confirmationOptions(client), unverified);
  postern.clock.advance({ minutes: 5 });
  const options = await confirmationOptions(client);
  expect(await confirmIdentity(client, password, { passkey: response })).toBeRefusedWith(['INVALID_CODE', 'factor']);
  expect(await confirmIdentity(client, password, { passkey: authenticator.answer(options, unverified) })).toSucceed();
  expect(await methodsOf(client)).toEqual(['hwk', 'mfa', 'pwd', 'user']);
  expect(authenticatedAt(await viewerOf(client))).toEqual(postern.clock.read());
});

test('dates a session whose step-up window was closed from its sign-in', async () => {
  const { client, authenticator, password, passkeyId } = await newPasskeyUser(postern, 'BEARER');
  const { signedInAt } = await viewerOf(client);
  postern.clock.advance({ minutes: 1 });
  const factor = { passkey: authenticator.answer(await confirmationOptions(client)) };
  expect(await deletePasskey(client, passkeyId, { password, factor })).toSucceed();
  expect(authenticatedAt(await viewerOf(client))).toEqual(signedInAt);
});

test('tells the end of a session: its idle timeout or its lifetime, whichever is first', async () => {
  const { client } = await newUser(postern);
  const { lastSeenAt, sessionId } = await viewerOf(client);
  const after = (seconds: number) => new Date(lastSeenAt.getTime() + seconds * 1_000);
  await query(postern.database, 'update sessions set idle_seconds = 60, expires_at = ? where id = ?', [
    after(90),
    sessionId,
  ]);
  expect((await viewerOf(client)).endsAt).toEqual(after(60));
  await query(postern.database, 'update sessions set idle_seconds = 120 where id = ?', [sessionId]);
  expect((await viewerOf(client)).endsAt).toEqual(after(90));
});
