import { Readable } from 'node:stream';
import { HeaderMap, type ApolloServer } from '@apollo/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../graphql-kit/context.js';
import { OPERATION_SPAN } from '../../graphql/operations/trace-operations.js';
import { inSpan } from '../../telemetry/spans.js';

/** The request headers that Apollo reads; copying all of them would cost more than executing `me`. */
const FORWARDED_HEADERS = [
  'accept',
  'content-length',
  'content-type',
  'x-apollo-operation-name',
  'apollo-require-preflight',
] as const;

function toHeaderMap({ headers }: FastifyRequest): HeaderMap {
  const headerMap = new HeaderMap();
  for (const name of FORWARDED_HEADERS) {
    const value = headers[name];
    if (value !== undefined) headerMap.set(name, String(value));
  }
  return headerMap;
}

/** Passes a request's body to Apollo, and Apollo's response to the client. The query of the URL is ignored. */
export function apolloHandler(
  apollo: ApolloServer<Context>,
  createContext: (request: FastifyRequest, reply: FastifyReply, deadline: number) => Promise<Context>,
) {
  return async (request: FastifyRequest, reply: FastifyReply, deadline: number): Promise<string | Readable> => {
    const {
      status = 200,
      headers,
      body,
    } = await inSpan(OPERATION_SPAN, () =>
      apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: { method: request.method, headers: toHeaderMap(request), search: '', body: request.body },
        context: () => createContext(request, reply, deadline),
      }),
    );
    reply.code(status);
    for (const [name, value] of headers) reply.header(name, value);
    return body.kind === 'complete' ? body.string : Readable.from(body.asyncIterator);
  };
}
