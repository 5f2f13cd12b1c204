import type { Client } from '../../support/client.js';
import { graphql } from '../../support/generated/gql.js';

const RevokeEverything = graphql(`
  mutation RevokeEverything($input: RevokeEverythingInput!) {
    revokeEverything(input: $input) {
      sessions accessTokens callKeys session { session { id current } } userErrors { code }
    }
  }
`);

const KeyStatus = graphql(`
  query KeyStatus($id: ID!) { node(id: $id) { ... on CallKey { status } } }
`);

/** Revokes everything of the viewer. @returns the payload */
export async function revokeEverything(client: Client, callKeys = false) {
  const { data, text } = await client.send(RevokeEverything, { input: { callKeys } });
  if (!data.revokeEverything) throw new Error(`nothing was revoked: ${text}`);
  return data.revokeEverything;
}

/** The status of a call key of the viewer. */
export async function statusOf(client: Client, id: string) {
  const { data } = await client.send(KeyStatus, { id });
  return data.node && 'status' in data.node ? data.node.status : null;
}
