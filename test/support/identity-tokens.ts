import { decodeJwt, decodeProtectedHeader, type JSONWebKeySet } from 'jose';
import { rotateSigningKey } from '../../src/features/service-auth/rotate-signing-key.js';
import type { Client } from './client.js';
import { graphql } from './generated/gql.js';
import type { TestPostern } from './postern.js';
import { ruleContext } from './rule-context.js';

const IssueIdentityToken = graphql(`
  mutation IssueIdentityToken($input: IssueIdentityTokenInput!) {
    issueIdentityToken(input: $input) { token expiresAt userErrors { code field message } }
  }
`);

/** The services of tests: one that gets no address and name, and one that gets both. */
export const identityAudiences = 'console,billing:email+username';

export const issueIdentityToken = (client: Client, audience = 'console') =>
  client.send(IssueIdentityToken, { input: { audience } });

/** A new identity token of a client's user. @throws when it is refused */
export async function newIdentityToken(client: Client, audience = 'console'): Promise<string> {
  const { data, text } = await issueIdentityToken(client, audience);
  const token = data?.issueIdentityToken?.token;
  if (!token) throw new Error(`no identity token: ${text}`);
  return token;
}

/** The header and the claims of a token, unverified. */
export const partsOf = (token: string) => ({ header: decodeProtectedHeader(token), claims: decodeJwt(token) });

/** The published public keys. */
export async function publishedKeys({ url }: { readonly url: string }): Promise<JSONWebKeySet> {
  return (await (await fetch(new URL('/.well-known/jwks.json', url))).json()) as JSONWebKeySet;
}

/** The key IDs of the published public keys. */
export const publishedIds = async (server: { readonly url: string }): Promise<(string | undefined)[]> =>
  (await publishedKeys(server)).keys.map(({ kid }) => kid);

/** Does what `keys rotate` does with the key that signs, and waits until the server notices. */
export async function rotateSigning(postern: TestPostern, isImmediate = false): Promise<string | null> {
  const rotated = await rotateSigningKey(ruleContext(postern), isImmediate);
  postern.clock.advance({ seconds: 1 });
  return rotated?.kid ?? null;
}
