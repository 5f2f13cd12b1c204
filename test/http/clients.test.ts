import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ApolloClient, CombinedGraphQLErrors, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client as UrqlClient, fetchExchange } from '@urql/core';
import { GraphQLClient, ClientError } from 'graphql-request';
import { Network, type GraphQLResponse, type RequestParameters } from 'relay-runtime';
import { goodPassword, newUser, type TestUser } from '../support/users.js';
import { startPostern, type TestPostern } from '../support/postern.js';

let postern: TestPostern;
let user: TestUser;
beforeAll(async () => {
  postern = await startPostern();
  user = await newUser(postern);
});
afterAll(() => postern.close());

const endpoint = () => `${postern.url}/graphql`;
const authorization = (token: string) => (token ? `Bearer ${token}` : '');

const login =
  'mutation Login($input: LoginInput!) { login(input: $input) { session { token } userErrors { code message } } }';
const me = 'query Me { me { username } }';

/** What a client returns: data, and the code of the first top-level error. */
interface Result {
  readonly data: any;
  readonly code?: unknown;
}

/** Sends an operation with the default options of a client library. An empty token is sent as an empty header. */
type Send = (document: string, variables: Record<string, unknown>, token: string) => Promise<Result>;

const apolloClient: Send = async (document, variables, token) => {
  const client = new ApolloClient({
    link: new HttpLink({ uri: endpoint(), headers: { authorization: authorization(token) } }),
    cache: new InMemoryCache(),
  });
  const operation = gql(document);
  try {
    const { data } = document.startsWith('mutation')
      ? await client.mutate({ mutation: operation, variables })
      : await client.query({ query: operation, variables });
    return { data };
  } catch (error) {
    return { data: null, code: CombinedGraphQLErrors.is(error) ? error.errors[0]?.extensions?.['code'] : error };
  }
};

const urql =
  (options: { preferGetMethod?: false } = {}): Send =>
  async (document, variables, token) => {
    const client = new UrqlClient({
      url: endpoint(),
      exchanges: [fetchExchange],
      fetchOptions: { headers: { authorization: authorization(token) } },
      ...options,
    });
    const { data, error } = document.startsWith('mutation')
      ? await client.mutation(document, variables)
      : await client.query(document, variables);
    return { data, code: error?.graphQLErrors[0]?.extensions['code'] ?? error };
  };

const graphqlRequest: Send = async (document, variables, token) => {
  const client = new GraphQLClient(endpoint(), { headers: { authorization: authorization(token) } });
  try {
    return { data: await client.request(document, variables) };
  } catch (error) {
    return { data: null, code: error instanceof ClientError ? error.response.errors?.[0]?.extensions['code'] : error };
  }
};

/** The fetch function of Relay's documentation. */
const relay: Send = async (document, variables, token) => {
  const network = Network.create(async ({ text }: RequestParameters, values) => {
    const response = await fetch(endpoint(), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: authorization(token) },
      body: JSON.stringify({ query: text, variables: values }),
    });
    return (await response.json()) as GraphQLResponse;
  });
  const operation = {
    cacheID: document,
    text: document,
    name: 'Operation',
    operationKind: 'query',
    id: null,
    metadata: {},
  } as const;
  const { data = null, errors } = (await network.execute(operation, variables, {}).toPromise()) as Record<string, any>;
  return { data, code: errors?.[0].extensions.code };
};

const curl: Send = async (document, variables, token) => {
  const { stdout } = await promisify(execFile)('curl', [
    ...['--silent', endpoint(), '--header', 'content-type: application/json'],
    ...['--header', `authorization: ${authorization(token)}`],
    ...['--data', JSON.stringify({ query: document, variables })],
  ]);
  const { data = null, errors } = JSON.parse(stdout) as Record<string, any>;
  return { data, code: errors?.[0].extensions.code };
};

describe.each([
  ['Apollo Client', apolloClient],
  ['urql, with POST for queries', urql({ preferGetMethod: false })],
  ['graphql-request', graphqlRequest],
  ['Relay’s network layer', relay],
  ['curl', curl],
])('%s', (_name, send) => {
  const signIn = (password: string) =>
    send(login, { input: { login: user.username, password, delivery: 'BEARER' } }, '');

  test('signs in, and reads with the token', async () => {
    const { data } = await signIn(goodPassword);
    expect(await send(me, {}, data.login.session.token)).toMatchObject({ data: { me: { username: user.username } } });
  });

  test('shows the user error of a wrong password', async () => {
    expect((await signIn('Not-The-Password-1')).data.login).toMatchObject({
      session: null,
      userErrors: [{ code: 'INVALID_CREDENTIALS', message: expect.any(String) }],
    });
  });

  test('shows the code of a top-level error: an invalid token, an unknown field', async () => {
    expect((await send(me, {}, 'pst_invalid')).code).toBe('UNAUTHENTICATED');
    expect((await send('query Me { me { nothing } }', {}, '')).code).toBe('GRAPHQL_VALIDATION_FAILED');
  });
});

test('urql, which sends queries by GET, shows that they must be sent as POST', async () => {
  const { code, data } = await urql()(me, {}, '');
  expect([data, code]).toEqual([undefined, 'BAD_REQUEST']);
});
