import { graphql } from '../../support/generated/gql.js';
import type { LoginInput } from '../../support/generated/graphql.js';
import type { Client } from '../../support/client.js';
import { Login } from '../../support/users.js';

/** Signs in. */
export const loginAs = (client: Client, input: LoginInput) => client.send(Login, { input });

const SignInWhoAmI = graphql(`query SignInWhoAmI { me { username } }`);

/** The username of the viewer; null for an anonymous client. */
export async function whoAmI(client: Client): Promise<string | null> {
  const { data } = await client.send(SignInWhoAmI);
  return data.me?.username ?? null;
}
