import { graphql } from '../../support/generated/gql.js';
import type { LoginInput } from '../../support/generated/graphql.js';
import type { Client } from '../../support/client.js';
import { Login } from '../../support/people.js';

/** Asks to be signed in. */
export const loginAs = (client: Client, input: LoginInput) => client.send(Login, { input });

const SignInWhoAmI = graphql(`query SignInWhoAmI { me { username } }`);

/** The username that the server takes a client for; null for an anonymous one. */
export async function whoAmI(client: Client): Promise<string | null> {
  const { data } = await client.send(SignInWhoAmI);
  return data.me?.username ?? null;
}
