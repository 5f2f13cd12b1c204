import { graphql } from './generated/gql.js';
import type { Client } from './client.js';
import { codeIn, type MailServer } from './mail-server.js';
import type { TestPostern } from './postern.js';

export const Register = graphql(`
  mutation Register($input: RegisterInput!) {
    register(input: $input) {
      user { id username role }
      session { token session { id current factors } }
      userErrors { code field message }
    }
  }
`);

export const Login = graphql(`
  mutation Login($input: LoginInput!) {
    login(input: $input) {
      user { id username role }
      session { token session { id current factors } }
      secondFactor { challenge factors expiresAt }
      userErrors { code field message }
    }
  }
`);

export interface TestUser {
  readonly id: string;
  readonly username: string;
  readonly password: string;
  readonly client: Client;
}

export const goodPassword = 'Quiet-Harbour-71';

let addresses = 0;

/** A new address. */
export const newAddress = (): string => `user${(addresses += 1)}.${process.pid}@mail.example`;

let users = 0;

/** A username that is unique in the test file. */
export const newUsername = (): string => `user${(users += 1)}`;

/** Signs up a user with a new username, as a browser (with a cookie) or as another client (with a bearer token). */
export async function newUser(postern: TestPostern, delivery: 'COOKIE' | 'BEARER' = 'COOKIE'): Promise<TestUser> {
  const client = postern.client();
  const username = newUsername();
  const { data } = await client.send(Register, {
    input: { username, password: goodPassword, confirmPassword: goodPassword, delivery },
  });
  const { user, session } = data.register!;
  client.token = session!.token ?? null;
  return { id: user!.id, username, password: goodPassword, client };
}

/** Signs a user in on another client. */
export async function signIn(
  postern: TestPostern,
  { username, password }: Pick<TestUser, 'username' | 'password'>,
  delivery: 'COOKIE' | 'BEARER' = 'COOKIE',
): Promise<Client> {
  const client = postern.client();
  const { data } = await client.send(Login, { input: { login: username, password, delivery } });
  client.token = data.login?.session?.token ?? null;
  return client;
}

/** Binds an address to a user with the mailed code. */
export async function bindAddress(
  postern: TestPostern,
  mail: MailServer,
  { client }: Pick<TestUser, 'client'>,
  email: string,
): Promise<void> {
  const before = mail.to(email).length;
  postern.clock.advance({ minutes: 1 });
  await client.send(
    'mutation ($input: SendVerificationCodeInput!) { sendVerificationCode(input: $input) { userErrors { code } } }',
    { input: { email } },
  );
  const code = codeIn(await mail.mailTo(email, before + 1));
  await client.send('mutation ($input: BindEmailInput!) { bindEmail(input: $input) { userErrors { code } } }', {
    input: { email, code },
  });
}
