import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { hashToken } from '../../../src/crypto/token.js';
import type { Client } from '../../support/client.js';
import { query } from '../../support/database.js';
import {
  confirmationOptions,
  loginOptions,
  loginWithPasskey,
  registerPasskey,
  registrationOptions,
} from '../../support/passkeys.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { confirmIdentity } from '../../support/two-factor.js';
import { newUser } from '../../support/users.js';

/** A test vector of WebAuthn Level 3 (section 16), in base64url. The file was made from the specification's source. */
interface Vector {
  readonly name: string;
  readonly credentialId: string;
  readonly registration: { readonly challenge: string; readonly clientDataJSON: string; attestationObject: string };
  readonly authentication: {
    readonly challenge: string;
    readonly clientDataJSON: string;
    readonly authenticatorData: string;
    readonly signature: string;
  };
}

const vectors = JSON.parse(readFileSync('test/features/passkey/webauthn-vectors.json', 'utf8')) as Vector[];

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern({ PUBLIC_URL: 'https://example.org' });
});
afterAll(() => postern.close());

/** Replaces the newest challenge by that of a vector, as if the server had drawn it. */
const draw = async (challenge: string) => {
  await query(
    postern.database,
    'update passkey_challenges set challenge_hash = ? where created_at = (select max(created_at) from passkey_challenges)',
    [hashToken(challenge)],
  );
  postern.clock.advance({ seconds: 1 });
};

const credential = ({ credentialId }: Vector) => ({
  id: credentialId,
  rawId: credentialId,
  type: 'public-key',
  clientExtensionResults: {},
});

async function register(client: Client, vector: Vector, password: string): Promise<boolean> {
  await registrationOptions(client, { password });
  const { challenge, ...response } = vector.registration;
  await draw(challenge);
  const { data } = await registerPasskey(client, { ...credential(vector), response });
  return data.registerPasskey!.userErrors.length === 0;
}

/** What a vector's passkey can do: whether it was registered, confirms beside the password, and signs in alone. */
async function outcomeOf(vector: Vector): Promise<'REFUSED' | 'SECOND_FACTOR' | 'SIGNS_IN'> {
  const { client, password, username } = await newUser(postern, 'BEARER');
  const isRegistered = await register(client, vector, password);
  const [user] = await query<{ handle: string }>(
    postern.database,
    'select handle from passkey_users join accounts on accounts.id = account_id where username = ?',
    [username],
  );
  const { challenge, ...response } = vector.authentication;
  const answer = { ...credential(vector), response: { ...response, userHandle: user!.handle } };
  await loginOptions(postern.client());
  await draw(challenge);
  const login = await loginWithPasskey(postern.client(), answer);
  const signsIn = login.data.loginWithPasskey!.userErrors.length === 0;
  expect(signsIn && !isRegistered).toBe(false);
  if (!isRegistered) return 'REFUSED';
  await confirmationOptions(client);
  await draw(challenge);
  expect(await confirmIdentity(client, password, { passkey: answer })).toSucceed();
  return signsIn ? 'SIGNS_IN' : 'SECOND_FACTOR';
}

/** Whether its authenticator verified the user decides between the two that are accepted. */
const outcomes: Readonly<Record<string, Awaited<ReturnType<typeof outcomeOf>>>> = {
  'ES256 Credential with No Attestation': 'SECOND_FACTOR',
  'ES256 Credential with Self Attestation': 'SECOND_FACTOR',
  'ES256 Credential with very long credential ID': 'SIGNS_IN',
  'Packed Attestation with ES256 Credential': 'SIGNS_IN',
  'Packed Attestation with RS256 Credential': 'SECOND_FACTOR',
  'Packed Attestation with Ed25519 Credential': 'SECOND_FACTOR',
};

test.each(vectors.map((vector) => [vector.name, vector] as const))(
  'handles the vector “%s” of the standard as R-102, R-103 and R-106 say',
  async (name, vector) => {
    expect(await outcomeOf(vector)).toBe(outcomes[name] ?? 'REFUSED');
  },
);

test('has all vectors of the standard', () => {
  expect(vectors).toHaveLength(15);
});
