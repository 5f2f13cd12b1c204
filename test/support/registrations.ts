import type { Client } from './client.js';
import type { ServerProcess } from './server-process.js';
import { Register, goodPassword } from './users.js';
import { graphql } from './generated/gql.js';

const WhoAmIAtProcess = graphql(`
  query WhoAmIAtProcess { me { id username } }
`);

/** A user whose sign-up a server process acknowledged. */
export interface Registered {
  readonly id: string;
  readonly username: string;
  readonly token: string;
  readonly client: Client;
}

let registrations = 0;

/** Signs up a new user at a server process. Rejects when it is not acknowledged. */
export async function registerAt(server: ServerProcess): Promise<Registered> {
  const client = server.client();
  const username = `citizen${(registrations += 1)}`;
  const answer = await client.send(Register, {
    input: { username, password: goodPassword, confirmPassword: goodPassword, delivery: 'BEARER' },
  });
  const token = answer.data.register?.session?.token;
  if (!token) throw new Error(`not registered: ${answer.text}`);
  client.token = token;
  return { id: answer.data.register!.user!.id, username, token, client };
}

/** The users that a server process no longer has, by session and account. */
export async function findLost(server: ServerProcess, users: readonly Registered[]): Promise<string[]> {
  const lost: string[] = [];
  const rest = [...users];
  const check = async () => {
    for (let user = rest.pop(); user; user = rest.pop()) {
      const client = server.client();
      client.token = user.token;
      const { data } = await client.send(WhoAmIAtProcess);
      if (data?.me?.id !== user.id || data.me.username !== user.username) lost.push(user.username);
    }
  };
  await Promise.all(Array.from({ length: 8 }, check));
  return lost;
}
