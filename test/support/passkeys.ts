import { graphql } from './generated/gql.js';
import type { SecondFactorInput } from './generated/graphql.js';
import type { Database } from '../../src/database/connection/database.js';
import type { Client } from './client.js';
import { query } from './database.js';
import { SoftwareAuthenticator } from './software-authenticator.js';
import { newUser, type TestUser } from './users.js';
import { testSettings, type TestPostern } from './postern.js';

/** The origin of the pages in tests: that of PUBLIC_URL. */
export const pageOrigin = testSettings.PUBLIC_URL;

const StartPasskeyRegistration = graphql(`
  mutation StartPasskeyRegistration($input: StartPasskeyRegistrationInput) {
    startPasskeyRegistration(input: $input) { options userErrors { code field message } }
  }
`);

const RegisterPasskey = graphql(`
  mutation RegisterPasskey($input: RegisterPasskeyInput!) {
    registerPasskey(input: $input) {
      passkey { id name provider synced signsIn createdAt lastUsedAt }
      backupCodes
      session { token session { id factors } }
      userErrors { code field message }
    }
  }
`);

const StartPasskeyLogin = graphql(`mutation StartPasskeyLogin { startPasskeyLogin { options userErrors { code } } }`);

const LoginWithPasskey = graphql(`
  mutation LoginWithPasskey($input: LoginWithPasskeyInput!) {
    loginWithPasskey(input: $input) {
      user { id username }
      session { token session { id factors } }
      secondFactor { challenge }
      userErrors { code field message }
    }
  }
`);

const StartPasskeyConfirmation = graphql(
  `mutation StartPasskeyConfirmation { startPasskeyConfirmation { options userErrors { code field } } }`,
);

const MyPasskeys = graphql(`
  query MyPasskeys {
    me { passkeys { id name provider synced signsIn lastUsedAt } twoFactor { enabled factors backupCodesLeft } }
  }
`);

const DeletePasskey = graphql(`
  mutation DeletePasskey($input: DeletePasskeyInput!) {
    deletePasskey(input: $input) { deletedPasskeyId session { token } userErrors { code field } }
  }
`);

type Proof = { readonly password?: string; readonly factor?: SecondFactorInput };

export const startPasskeyRegistration = (client: Client, proof: Proof) =>
  client.send(StartPasskeyRegistration, { input: proof });

/** The options of a registration. */
export async function registrationOptions(client: Client, proof: Proof): Promise<unknown> {
  const { data } = await startPasskeyRegistration(client, proof);
  return data.startPasskeyRegistration!.options;
}

export async function registerPasskey(client: Client, response: unknown, name?: string) {
  const answer = await client.send(RegisterPasskey, { input: { response, ...(name === undefined ? {} : { name }) } });
  if (client.token !== null) client.token = answer.data.registerPasskey?.session?.token ?? client.token;
  return answer;
}

/** The options of a sign-in. */
export async function loginOptions(client: Client): Promise<unknown> {
  return (await client.send(StartPasskeyLogin)).data.startPasskeyLogin!.options;
}

export const loginWithPasskey = (client: Client, response: unknown, delivery: 'COOKIE' | 'BEARER' = 'BEARER') =>
  client.send(LoginWithPasskey, { input: { response, delivery } });

/** The options of a passkey as a factor in a session. */
export async function confirmationOptions(client: Client): Promise<unknown> {
  return (await client.send(StartPasskeyConfirmation)).data.startPasskeyConfirmation!.options;
}

export const deletePasskey = async (client: Client, id: string, proof: Proof = {}) => {
  const answer = await client.send(DeletePasskey, { input: { id, ...proof } });
  if (client.token !== null) client.token = answer.data.deletePasskey?.session?.token ?? client.token;
  return answer;
};

/** The viewer's passkeys and second factors. */
export async function myPasskeys(client: Client) {
  return (await client.send(MyPasskeys)).data.me!;
}

/** Gives an account a number of passkeys that can't be used, without the consequences of adding one. */
export const addUnusablePasskeys = (database: Database, username: string, count: number) =>
  query(
    database,
    `insert into passkeys (id, account_id, credential_id, public_key_ciphertext, rp_id, name, aaguid, transports, counter, backup_eligible, backed_up, signs_in, created_at)
     select gen_random_uuid(), id, gen_random_uuid()::text, 'nothing', 'localhost', 'Phone', '', '{}', 0, false, false, true, now()
     from accounts, generate_series(1, ?) where username = ?`,
    [count, username],
  );

/** A user whose only second factor is a passkey. */
export interface PasskeyUser extends TestUser {
  readonly authenticator: SoftwareAuthenticator;
  readonly passkeyId: string;
  readonly backupCodes: readonly string[];
}

/** Signs up a user and adds a passkey. */
export const newPasskeyUser = async (
  postern: TestPostern,
  delivery: 'COOKIE' | 'BEARER' = 'COOKIE',
): Promise<PasskeyUser> => addPasskey(await newUser(postern, delivery));

/** Adds a passkey to a user without a second factor. */
export async function addPasskey<User extends TestUser>(user: User): Promise<User & PasskeyUser> {
  const authenticator = new SoftwareAuthenticator(pageOrigin);
  const options = await registrationOptions(user.client, { password: user.password });
  const { data } = await registerPasskey(user.client, authenticator.register(options));
  const { passkey, backupCodes } = data.registerPasskey!;
  return { ...user, authenticator, passkeyId: passkey!.id, backupCodes: backupCodes! };
}
