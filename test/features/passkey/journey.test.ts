import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startPostern, type TestPostern } from '../../support/postern.js';
import {
  confirmationOptions,
  deletePasskey,
  loginOptions,
  loginWithPasskey,
  myPasskeys,
  newPasskeyUser,
  pageOrigin,
  registerPasskey,
  registrationOptions,
  startPasskeyRegistration,
} from '../../support/passkeys.js';
import { SoftwareAuthenticator, type Algorithm } from '../../support/software-authenticator.js';
import { newTwoFactorUser, signInWithFactor, verifySecondFactor } from '../../support/two-factor.js';
import { newUser, signIn } from '../../support/users.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

const APPLE = 'fbfc3007-154e-4ecc-8c0b-6e020557d7bd';

test('notices that a passkey can sign in alone when it does, if its browser did not tell', async () => {
  const user = await newUser(postern);
  const authenticator = new SoftwareAuthenticator(pageOrigin);
  const registration = authenticator.register(await registrationOptions(user.client, { password: user.password }));
  await registerPasskey(user.client, { ...registration, clientExtensionResults: {} });
  expect((await myPasskeys(user.client)).passkeys).toMatchObject([{ signsIn: false }]);
  const client = postern.client();
  expect(await loginWithPasskey(client, authenticator.answer(await loginOptions(client)))).toSucceed();
  expect((await myPasskeys(user.client)).passkeys).toMatchObject([{ signsIn: true }]);
});

test('ends the window of a lost factor in other sessions when a passkey is added (D-2)', async () => {
  const { backupCodes, client, ...user } = await newPasskeyUser(postern);
  const [one, other] = [
    await signInWithFactor(postern, { ...user, client }, { backupCode: backupCodes[0]! }),
    await signInWithFactor(postern, { ...user, client }, { backupCode: backupCodes[1]! }),
  ];
  const proof = { password: user.password };
  const options = await registrationOptions(one, proof);
  expect(await registerPasskey(one, new SoftwareAuthenticator(pageOrigin).register(options))).toSucceed();
  expect(await startPasskeyRegistration(other, proof)).toBeRefusedWith(['SECOND_FACTOR_REQUIRED', 'factor']);
});

test('tells a page how browsers know the account and its passkeys (R-110)', async () => {
  const { client, authenticator, username } = await newPasskeyUser(postern);
  const document = '{ policy { passkeyRpId } me { username passkeyUserId passkeys { credentialId } } }';
  const { id, userHandle } = authenticator.credentials[0]!;
  expect((await client.send(document)).data).toEqual({
    policy: { passkeyRpId: 'localhost' },
    me: { username, passkeyUserId: userHandle, passkeys: [{ credentialId: id }] },
  });
  const newcomer = await newUser(postern);
  expect((await newcomer.client.send(document)).data['me']).toMatchObject({ passkeyUserId: null, passkeys: [] });
});

test('adds the first passkey, turns on two-factor authentication and gives backup codes', async () => {
  const user = await newUser(postern);
  const elsewhere = await signIn(postern, user);
  const authenticator = new SoftwareAuthenticator(pageOrigin, APPLE);
  const options = await registrationOptions(user.client, { password: user.password });
  expect(options).toMatchObject({
    rp: { id: 'localhost', name: 'Postern' },
    user: { name: user.username },
    attestation: 'none',
    excludeCredentials: [],
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
    pubKeyCredParams: [-8, -7, -257].map((alg) => ({ alg, type: 'public-key' })),
  });
  const response = authenticator.register(options, (state) => {
    [state.backupEligible, state.backedUp] = [true, true];
  });
  const { data } = await registerPasskey(user.client, response);
  expect(data.registerPasskey).toMatchObject({
    passkey: { name: 'Apple Passwords', provider: 'Apple Passwords', synced: true, signsIn: true, lastUsedAt: null },
    session: { session: { factors: ['PASSWORD', 'PASSKEY'] } },
    userErrors: [],
  });
  expect(data.registerPasskey!.backupCodes).toHaveLength(10);
  expect(await myPasskeys(user.client)).toMatchObject({
    passkeys: [{ name: 'Apple Passwords' }],
    twoFactor: { enabled: true, factors: ['PASSKEY', 'BACKUP_CODE'], backupCodesLeft: 10 },
  });
  expect((await elsewhere.send('{ me { id } }')).data).toEqual({ me: null });
});

test.each<Algorithm>(['ES256', 'EdDSA', 'RS256'])(
  'signs in with a passkey of the algorithm %s alone',
  async (algorithm) => {
    const user = await newUser(postern);
    const authenticator = new SoftwareAuthenticator(pageOrigin);
    const options = await registrationOptions(user.client, { password: user.password });
    await registerPasskey(user.client, authenticator.register(options, undefined, algorithm), 'Key');
    const client = postern.client();
    const { data } = await loginWithPasskey(client, authenticator.answer(await loginOptions(client)));
    expect(data.loginWithPasskey).toMatchObject({
      user: { username: user.username },
      session: { session: { factors: ['PASSKEY'] } },
      secondFactor: null,
      userErrors: [],
    });
  },
);

test('asks for a passkey after the password, and signs in with it (R-108)', async () => {
  const user = await newPasskeyUser(postern);
  const client = postern.client();
  const login = await client.send(
    'mutation ($input: LoginInput!) { login(input: $input) { session { token } secondFactor { challenge factors passkeyOptions } } }',
    { input: { login: user.username, password: user.password, delivery: 'BEARER' } },
  );
  const { challenge, factors, passkeyOptions } = login.data['login'].secondFactor;
  expect(factors).toEqual(['PASSKEY', 'BACKUP_CODE']);
  expect(passkeyOptions).toMatchObject({ userVerification: 'preferred', rpId: 'localhost' });
  expect(passkeyOptions.allowCredentials).toMatchObject([{ id: user.authenticator.credentials[0]!.id }]);
  // Beside the password, presence is enough.
  const response = user.authenticator.answer(passkeyOptions, (state) => {
    state.userVerified = false;
  });
  const { data } = await verifySecondFactor(client, challenge, { passkey: response });
  expect(data.verifySecondFactor).toMatchObject({
    session: { session: { factors: ['PASSWORD', 'PASSKEY'] } },
    backupCodesLeft: 10,
    userErrors: [],
  });
});

test('confirms the identity with a passkey alone, without the password', async () => {
  const user = await newPasskeyUser(postern);
  postern.clock.advance({ minutes: 11 });
  const factor = { passkey: user.authenticator.answer(await confirmationOptions(user.client)) };
  const answer = await user.client.send(
    'mutation ($input: ConfirmIdentityInput!) { confirmIdentity(input: $input) { stepUpExpiresAt userErrors { code field } } }',
    { input: { factor } },
  );
  expect(answer).toSucceed();
});

test('adds a further passkey with a passkey as the proof, and revokes no session', async () => {
  const user = await newPasskeyUser(postern);
  const elsewhere = postern.client();
  const signedIn = await loginWithPasskey(
    elsewhere,
    user.authenticator.answer(await loginOptions(elsewhere)),
    'COOKIE',
  );
  expect(signedIn).toSucceed();
  const factor = { passkey: user.authenticator.answer(await confirmationOptions(user.client)) };
  const options = (await registrationOptions(user.client, { factor })) as { excludeCredentials: unknown[] };
  expect(options.excludeCredentials).toHaveLength(1);
  const { data } = await registerPasskey(
    user.client,
    new SoftwareAuthenticator(pageOrigin).register(options),
    ' Phone ',
  );
  expect(data.registerPasskey).toMatchObject({ passkey: { name: 'Phone' }, backupCodes: null, userErrors: [] });
  expect((await elsewhere.send('{ me { username } }')).data).toEqual({ me: { username: user.username } });
});

test('turns two-factor authentication off with the last passkey, for the password and a factor', async () => {
  const user = await newPasskeyUser(postern);
  const refused = await deletePasskey(user.client, user.passkeyId);
  expect(refused).toBeRefusedWith(['PASSWORD_REQUIRED', 'password'], ['SECOND_FACTOR_REQUIRED', 'factor']);
  const proof = { password: user.password, factor: { backupCode: user.backupCodes[0]! } };
  expect(await deletePasskey(user.client, user.passkeyId, proof)).toSucceed();
  expect(await myPasskeys(user.client)).toEqual({
    passkeys: [],
    twoFactor: { enabled: false, factors: [], backupCodesLeft: 0 },
  });
});

test('keeps two-factor authentication and its backup codes when the app is removed and a passkey is left', async () => {
  const user = await newTwoFactorUser(postern);
  const authenticator = new SoftwareAuthenticator(pageOrigin);
  const proof = { password: user.password, factor: { totpCode: await user.app.nextCode() } };
  const added = await registerPasskey(
    user.client,
    authenticator.register(await registrationOptions(user.client, proof)),
  );
  expect(added.data.registerPasskey).toMatchObject({ backupCodes: null, userErrors: [] });
  const removed = await user.client.send(
    'mutation ($input: DisableTwoFactorInput!) { disableTwoFactor(input: $input) { userErrors { code } } }',
    { input: { factor: { totpCode: await user.app.nextCode() } } },
  );
  expect(removed).toSucceed();
  expect(await myPasskeys(user.client)).toMatchObject({
    twoFactor: { enabled: true, factors: ['PASSKEY', 'BACKUP_CODE'], backupCodesLeft: 10 },
  });
});
