import type { Answer, Client } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { graphql } from '../../support/generated/gql.js';
import type { ResetApiTokenMutation, ViewApiTokenMutation } from '../../support/generated/graphql.js';
import type { TestPostern } from '../../support/postern.js';
import type { TwoServers } from '../../support/two-servers.js';

const ViewApiToken = graphql(`
  mutation ViewApiToken { viewApiToken { token apiToken { hint createdAt lastUsedAt lastUsedIp } userErrors { code field message } } }
`);

const ResetApiToken = graphql(`
  mutation ResetApiToken { resetApiToken { token apiToken { hint createdAt lastUsedAt lastUsedIp } userErrors { code field message } } }
`);

/** Views the viewer's token. */
export const viewToken = (client: Client): Promise<Answer<ViewApiTokenMutation>> => client.send(ViewApiToken);

/** Resets the viewer's token. */
export const resetToken = (client: Client): Promise<Answer<ResetApiTokenMutation>> => client.send(ResetApiToken);

/** Creates a new API token for the viewer. */
export async function newApiToken(client: Client): Promise<string> {
  const { data } = await resetToken(client);
  return data.resetApiToken!.token!;
}

/** A program that only has a token. */
export const program = (postern: Pick<TestPostern, 'client'>, token: string): Client =>
  Object.assign(postern.client(), { token });

/** A program with a new token whose use is recorded, so that nothing records it in the background of a race. */
export async function programInUse({ client, database }: TwoServers, server: number, token: string): Promise<Client> {
  const used = client(server, token);
  await used.send('{ me { id } }');
  const recorded = 'select 1 from api_tokens where hint = $1 and last_used_at is not null';
  await eventually(
    async () => (await database.query(recorded, [token.slice(-4)])).length > 0,
    'a token whose use is recorded',
  );
  return used;
}
