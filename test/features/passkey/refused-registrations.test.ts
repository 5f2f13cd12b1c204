import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { query } from '../../support/database.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import {
  addUnusablePasskeys,
  loginOptions,
  newPasskeyUser,
  pageOrigin,
  registerPasskey,
  registrationOptions,
  startPasskeyRegistration,
} from '../../support/passkeys.js';
import {
  SoftwareAuthenticator,
  type Algorithm,
  type AuthenticatorState,
} from '../../support/software-authenticator.js';
import { newUser, signIn, type TestUser } from '../../support/users.js';

let postern: TestPostern;
let user: TestUser;
beforeAll(async () => {
  postern = await startPostern();
  user = await newUser(postern);
});
afterAll(() => postern.close());

const stored = async () => ({
  accounts: await query(postern.database, 'select * from accounts order by id'),
  factors: await query(postern.database, 'select * from two_factors order by account_id'),
  passkeys: await query(postern.database, 'select * from passkeys order by id'),
  codes: await query(postern.database, 'select id from backup_codes order by id'),
});

const optionsOf = ({ client, password }: TestUser) => registrationOptions(client, { password });

/** Refuses a registration, and changes nothing. */
async function refuse(response: unknown, { client } = user): Promise<void> {
  const before = await stored();
  expect(await registerPasskey(client, response)).toBeRefusedWith(['PASSKEY_INVALID', 'response']);
  expect(await stored()).toEqual(before);
}

const authenticator = new SoftwareAuthenticator(pageOrigin);

const changes: Readonly<Record<string, (state: AuthenticatorState) => void>> = {
  'from another origin': (state) => (state.origin = 'https://evil.example'),
  'for another RP ID': (state) => (state.rpId = 'evil.example'),
  'of the type of a sign-in': (state) => (state.type = 'webauthn.get'),
  'to another challenge': (state) => (state.challenge = `A${state.challenge.slice(1)}B`),
  'from a frame in another page': (state) => (state.crossOrigin = true),
  'with the origin of a page around it': (state) => (state.topOrigin = 'https://evil.example'),
  'without a present user': (state) => (state.userPresent = false),
  'backed up without being eligible': (state) => (state.backedUp = true),
};

test.each(Object.entries(changes))('refuses a registration %s', async (_, change) => {
  await refuse(authenticator.register(await optionsOf(user), change));
});

test('refuses an algorithm that was not offered (R-106)', async () => {
  await refuse(authenticator.register(await optionsOf(user), undefined, 'ES384'));
});

test.each<[string, Algorithm, (key: Map<number, unknown>) => void]>([
  ['ES256 on the curve P-384', 'ES384', (key) => key.set(3, -7)],
  ['ES256 off its curve', 'ES256', (key) => key.set(-2, new Uint8Array(32))],
  ['ES256 without a point', 'ES256', (key) => key.delete(-2)],
  ['ES256 with an Ed25519 key', 'EdDSA', (key) => key.set(3, -7)],
  ['RS256 of 1,024 bits', 'RS256', (key) => key.set(-1, new Uint8Array(128).fill(0xff))],
])('refuses a key of %s (R-106)', async (_, algorithm, changeKey) => {
  await refuse(authenticator.register(await optionsOf(user), undefined, algorithm, changeKey));
});

test('refuses a registration whose ID is not the attested one', async () => {
  const id = Buffer.alloc(32, 7).toString('base64url');
  await refuse({ ...authenticator.register(await optionsOf(user)), id, rawId: id });
});

test('stores only transports that the standard could name, and refuses no registration for others', async () => {
  const other = await newUser(postern);
  const registration = authenticator.register(await optionsOf(other));
  const transports = ['usb', 'usb\u0000', 'Not One', 7, null, 'x'.repeat(33), 'hybrid'];
  const response = { ...registration.response, transports };
  expect(await registerPasskey(other.client, { ...registration, response })).toSucceed();
  const [row] = await query(postern.database, 'select transports from passkeys order by id desc limit 1');
  expect(row).toEqual({ transports: ['usb', 'hybrid'] });
});

test('consumes the challenge of a registration whose shape is wrong (R-101)', async () => {
  const registration = authenticator.register(await optionsOf(user));
  await refuse({ ...registration, type: 'password' });
  await refuse(registration);
});

test.each([
  ['no CBOR', 'AAAA'],
  ['of 16 KiB', Buffer.alloc(16 * 1_024).toString('base64url')],
])('refuses an attestation object that is %s', async (_, attestationObject) => {
  const registration = authenticator.register(await optionsOf(user));
  await refuse({ ...registration, response: { ...registration.response, attestationObject } });
});

test('rejects JSON that is too large or too deep before it is parsed (D-8)', async () => {
  const { client } = user;
  const attestationObject = (bytes: number) => ({ response: { attestationObject: 'x'.repeat(bytes) } });
  expect([400, 413]).toContain((await registerPasskey(client, attestationObject(2 ** 20))).status);
  expect(await registerPasskey(client, attestationObject(22 * 1_024 + 1))).toFailWith('BAD_USER_INPUT');
  expect(await registerPasskey(client, { ['x'.repeat(22 * 1_024 + 1)]: 1 })).toFailWith('BAD_USER_INPUT');
  let deep: unknown = {};
  for (let n = 0; n < 8; n += 1) deep = { deep };
  expect(await registerPasskey(client, deep)).toFailWith('BAD_USER_INPUT');
});

test('refuses a registration that was used, and a right one whose challenge a wrong one consumed', async () => {
  const options = await optionsOf(user);
  await refuse(authenticator.register(options, changes['from another origin']));
  await refuse(authenticator.register(options));
  const other = await newUser(postern);
  const registration = authenticator.register(await optionsOf(other));
  expect(await registerPasskey(other.client, registration)).toSucceed();
  await refuse(registration, other);
});

test('refuses a registration after five minutes, in another session, and for another account', async () => {
  const late = authenticator.register(await optionsOf(user));
  postern.clock.advance({ minutes: 5 });
  await refuse(late);
  const elsewhere = { ...user, client: await signIn(postern, user) };
  await refuse(authenticator.register(await optionsOf(user)), elsewhere);
  await refuse(authenticator.register(await optionsOf(user)), await newUser(postern));
  await refuse(authenticator.register(await loginOptionsWithUser()));
});

/** The challenge of a sign-in in the shape of a registration. */
async function loginOptionsWithUser(): Promise<unknown> {
  const { challenge, rpId } = (await loginOptions(postern.client())) as { challenge: string; rpId: string };
  return { challenge, rp: { id: rpId }, user: { id: 'AAAA' } };
}

test('refuses a registration if the account changed since it was started (R-107)', async () => {
  const registration = authenticator.register(await optionsOf(user));
  await query(postern.database, 'update accounts set auth_version = auth_version + 1 where username = ?', [
    user.username,
  ]);
  await query(
    postern.database,
    'update sessions set auth_version = auth_version + 1 where account_id = (select id from accounts where username = ?)',
    [user.username],
  );
  await refuse(registration);
});

test('refuses a credential that another account registered like an invalid one (R-104)', async () => {
  const [first, second] = [await newUser(postern), await newUser(postern)];
  const shared = new SoftwareAuthenticator(pageOrigin);
  const registration = shared.register(await optionsOf(first));
  expect(await registerPasskey(first.client, registration)).toSucceed();
  const copied = shared.register(await optionsOf(second));
  await query(postern.database, 'update passkeys set credential_id = ? where credential_id = ?', [
    copied.id,
    registration.id,
  ]);
  await refuse(copied, second);
});

test('requires the password to add a passkey, and a second factor too while one is on (D-2)', async () => {
  const fresh = await newUser(postern);
  expect(await startPasskeyRegistration(fresh.client, {})).toBeRefusedWith(['PASSWORD_REQUIRED', 'password']);
  expect(await startPasskeyRegistration(fresh.client, { password: 'wrong' })).toBeRefusedWith([
    'INCORRECT_PASSWORD',
    'password',
  ]);
  const { client, password } = await newPasskeyUser(postern);
  expect(await startPasskeyRegistration(client, { password })).toBeRefusedWith(['SECOND_FACTOR_REQUIRED', 'factor']);
});

test('limits an account to 20 passkeys (R-110)', async () => {
  const { client, username, password, backupCodes } = await newPasskeyUser(postern);
  await addUnusablePasskeys(postern.database, username, 19);
  const proof = { password, factor: { backupCode: backupCodes[0]! } };
  expect(await startPasskeyRegistration(client, proof)).toBeRefusedWith(['PASSKEY_LIMIT']);
});

test.each(['PASSKEYS', 'PUBLIC_URL'])('offers no passkeys when %s does not allow them', async (name) => {
  const settings = name === 'PASSKEYS' ? { PASSKEYS: 'off' } : { PUBLIC_URL: 'http://192.0.2.1:4000' };
  const without = await startPostern(settings);
  try {
    const { client, password } = await newUser(without, 'BEARER');
    expect((await client.send('{ policy { passkeys } }')).data).toEqual({ policy: { passkeys: false } });
    expect(await startPasskeyRegistration(client, { password })).toBeRefusedWith(['PASSKEYS_OFF']);
    expect(await client.send('mutation { startPasskeyLogin { userErrors { code field } } }')).toBeRefusedWith([
      'PASSKEYS_OFF',
    ]);
  } finally {
    await without.close();
  }
});
