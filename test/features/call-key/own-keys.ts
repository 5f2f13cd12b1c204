import type { Client } from '../../support/client.js';
import { graphql } from '../../support/generated/gql.js';
import type { CreateCallKeyInput, UpdateCallKeyInput } from '../../support/generated/graphql.js';

const CreateCallKey = graphql(`
  mutation CreateCallKey($input: CreateCallKeyInput!) {
    createCallKey(input: $input) { key callKey { ...WholeCallKey } userErrors { code field message } }
  }
  fragment WholeCallKey on CallKey {
    id name hint status createdAt expiresAt lastUsedAt models allowedIps quotaLeft quotaUsed oldKeyValidUntil
    period periodQuota periodUsed periodTimeZone periodResetsAt requestsPerMinuteLimit tokensPerMinuteLimit
  }
`);

const UpdateCallKey = graphql(`
  mutation UpdateCallKey($input: UpdateCallKeyInput!) { updateCallKey(input: $input) { callKey { ...WholeCallKey } userErrors { code field message } } }
`);

const RotateCallKey = graphql(`
  mutation RotateCallKey($input: RotateCallKeyInput!) { rotateCallKey(input: $input) { key callKey { ...WholeCallKey } userErrors { code field message } } }
`);

const EndCallKeyGrace = graphql(`
  mutation EndCallKeyGrace($input: EndCallKeyGraceInput!) { endCallKeyGrace(input: $input) { callKey { ...WholeCallKey } userErrors { code field message } } }
`);

const DeleteCallKeys = graphql(`
  mutation DeleteCallKeys($input: DeleteCallKeysInput!) { deleteCallKeys(input: $input) { deletedIds userErrors { code field message } } }
`);

const CallKeys = graphql(`
  query CallKeys($filter: CallKeyFilter, $first: Int, $after: String, $last: Int, $before: String) {
    me { callKeys(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
      totalCount edges { cursor node { ...WholeCallKey } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    } }
  }
`);

export const createKey = (client: Client, input: Partial<CreateCallKeyInput> = {}) =>
  client.send(CreateCallKey, { input: { name: 'laptop', models: [], allowedIps: [], ...input } });
export const updateKey = (client: Client, input: UpdateCallKeyInput) => client.send(UpdateCallKey, { input });
export const rotateKey = (client: Client, id: string, graceHours = 0) =>
  client.send(RotateCallKey, { input: { id, graceHours } });
export const endGrace = (client: Client, id: string) => client.send(EndCallKeyGrace, { input: { id } });
export const deleteKeys = (client: Client, ids: string[]) => client.send(DeleteCallKeys, { input: { ids } });

/** Creates a call key for the viewer. @returns its secret and its fields */
export async function newCallKeyOf(client: Client, input: Partial<CreateCallKeyInput> = {}) {
  const { data } = await createKey(client, input);
  const { key, callKey } = data.createCallKey!;
  return { key: key!, ...callKey! };
}

/** The connection of the viewer's call keys. */
export async function keysOf(client: Client, wanted: Record<string, unknown> = {}) {
  const { data } = await client.send(CallKeys, wanted);
  return data.me!.callKeys!;
}

/** The names of the call keys on a page, in order. */
export const namesOf = async (client: Client, wanted: Record<string, unknown> = {}): Promise<string[]> =>
  (await keysOf(client, wanted)).edges.map(({ node }) => node.name);
