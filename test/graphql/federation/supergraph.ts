import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { composeServices as composeByApollo } from '@apollo/composition';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { composeServices } from '@theguild/federation-composition';
import { buildASTSchema, graphql, parse } from 'graphql';
import { Client } from '../../support/client.js';

/** A subgraph of the platform: projects, whose owners and keys are in Postern. */
const projectsSdl = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])
  type Query { projects: [Project!]! }
  type Project { name: String! owner: User callKey: CallKey }
  type User @key(fields: "id", resolvable: false) { id: ID! }
  type CallKey @key(fields: "id", resolvable: false) { id: ID! }
  type PageInfo @shareable { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
`;

export interface Project {
  readonly name: string;
  readonly owner: { readonly id: string };
  readonly callKey?: { readonly id: string };
}

/** A router of two subgraphs, and how it was made. */
export interface Supergraph {
  /** What the two public compositions make of the subgraphs. The router has the first. */
  readonly sdls: readonly string[];
  /** A client of the router. */
  client(): Client;
  close(): Promise<void>;
}

const addressOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

async function serveProjects(projects: () => readonly Project[]): Promise<Server> {
  const schema = buildASTSchema(parse(projectsSdl), { assumeValidSDL: true });
  const server = createServer((request, response) => {
    void (async () => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      const { query, variables } = JSON.parse(body) as { query: string; variables: Record<string, unknown> };
      const result = await graphql({ schema, source: query, variableValues: variables, rootValue: { projects } });
      response.setHeader('content-type', 'application/json').end(JSON.stringify(result));
    })();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** Passes the caller's credential on to the subgraphs, as docs/federation.md says. */
class ForwardingDataSource extends RemoteGraphQLDataSource<{ readonly authorization?: string }> {
  override willSendRequest({ request, context }: any): void {
    if (context.authorization) request.http.headers.set('authorization', context.authorization);
  }
}

/** Composes the SDL of a Postern with the projects, and starts a router. @throws when they don't compose */
export async function startSupergraph(
  postern: { readonly url: string; readonly sdl: string },
  projects: () => readonly Project[],
): Promise<Supergraph> {
  const server = await serveProjects(projects);
  const subgraphs = [
    { name: 'postern', typeDefs: parse(postern.sdl), url: `${postern.url}/graphql` },
    { name: 'projects', typeDefs: parse(projectsSdl), url: addressOf(server) },
  ];
  const composed = composeServices(subgraphs);
  if (!composed.supergraphSdl) throw new Error(composed.errors?.map(({ message }) => message).join('\n'));
  const gateway = new ApolloGateway({
    supergraphSdl: composed.supergraphSdl,
    buildService: ({ url = '' }) => new ForwardingDataSource({ url }),
    logger: { debug() {}, info() {}, warn() {}, error() {} },
  });
  const router = new ApolloServer({ gateway, includeStacktraceInErrorResponses: false });
  const { url } = await startStandaloneServer(router, {
    listen: { port: 0, host: '127.0.0.1' },
    context: ({ req }) => Promise.resolve({ authorization: req.headers.authorization }),
  });
  return {
    sdls: [composed.supergraphSdl, composeByApollo(subgraphs).supergraphSdl ?? ''],
    client: () => new Client(url.replace(/\/$/, '')),
    close: async () => {
      await router.stop();
      server.close();
    },
  };
}
