import type { Client } from './client.js';
import { graphql } from './generated/gql.js';
import type { CreateAccessTokenInput, RotateAccessTokenInput, UpdateAccessTokenInput } from './generated/graphql.js';
import type { TestPostern } from './postern.js';

const CreateAccessToken = graphql(`
  mutation CreateAccessToken($input: CreateAccessTokenInput!) {
    createAccessToken(input: $input) {
      token
      accessToken { id name hint scopes allowedIps status createdAt expiresAt lastUsedAt lastUsedIp oldTokenValidUntil }
      userErrors { code field message }
    }
  }
`);

const UpdateAccessToken = graphql(`
  mutation UpdateAccessToken($input: UpdateAccessTokenInput!) {
    updateAccessToken(input: $input) { accessToken { id name allowedIps } userErrors { code field } }
  }
`);

const RotateAccessToken = graphql(`
  mutation RotateAccessToken($input: RotateAccessTokenInput!) {
    rotateAccessToken(input: $input) {
      token
      accessToken { id hint expiresAt oldTokenValidUntil }
      userErrors { code field }
    }
  }
`);

const RevokeAccessTokens = graphql(`
  mutation RevokeAccessTokens($input: RevokeAccessTokensInput!) {
    revokeAccessTokens(input: $input) { revokedIds userErrors { code field } }
  }
`);

const MyAccessTokens = graphql(`
  query MyAccessTokens { me { accessTokens { id name hint status lastUsedAt lastUsedIp oldTokenValidUntil expiresAt } } }
`);

/** Creates an access token with the scope ACCOUNT_READ, unless the input says otherwise. */
export const createAccessToken = (client: Client, input: Partial<CreateAccessTokenInput> = {}) =>
  client.send(CreateAccessToken, { input: { name: 'Backup', scopes: ['ACCOUNT_READ'], ...input } });

/** A new access token of a client's user. @throws when it is refused */
export async function newAccessToken(
  client: Client,
  input: Partial<CreateAccessTokenInput> = {},
): Promise<{ readonly token: string; readonly id: string }> {
  const { data, text } = await createAccessToken(client, input);
  const payload = data.createAccessToken;
  if (!payload?.token) throw new Error(`no access token: ${text}`);
  return { token: payload.token, id: payload.accessToken!.id };
}

export const updateAccessToken = (client: Client, input: UpdateAccessTokenInput) =>
  client.send(UpdateAccessToken, { input });
export const rotateAccessToken = (client: Client, input: RotateAccessTokenInput) =>
  client.send(RotateAccessToken, { input });
export const revokeAccessTokens = (client: Client, ids: readonly string[]) =>
  client.send(RevokeAccessTokens, { input: { ids: [...ids] } });

/** The access tokens of the viewer. */
export const myAccessTokens = async (client: Client) =>
  (await client.send(MyAccessTokens)).data.me?.accessTokens ?? null;

/** A program that sends a token. */
export const programWith = (postern: Pick<TestPostern, 'client'>, token: string): Client =>
  Object.assign(postern.client(), { token });

/** Whether a token still identifies its owner; null if the server rejects it. */
export async function ownerOf(postern: Pick<TestPostern, 'client'>, token: string): Promise<string | null> {
  const { data } = await programWith(postern, token).send('{ me { username } }');
  return (data?.['me']?.username as string | undefined) ?? null;
}
