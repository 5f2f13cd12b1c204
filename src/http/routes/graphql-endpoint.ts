import type { ApolloServer } from '@apollo/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { apolloHandler } from './apollo-handler.js';
import { createContext, type Dependencies } from '../request/create-context.js';
import type { Context } from '../../graphql-kit/context.js';
import type { Translated } from '../../text/locale.js';
import { requestLocale } from '../request/locale.js';
import type { ConcurrencyLimit } from '../request/limit-concurrency.js';
import { withTimeout } from '../request/with-timeout.js';
import { rejectOtherSites } from '../request/reject-other-sites.js';
import { errorBody } from '../request/top-level-error.js';
import { USAGE_REPORT_LIMIT_BYTES, forLargeBodies, rejectLargeBodies, markLargeBodies } from '../request/large-body.js';

const postOnly: Translated<string> = {
  EN: 'Send GraphQL requests as POST.',
  ZH: '请以 POST 方式发送 GraphQL 请求。',
};

/** Only `POST /graphql` executes operations. In development, `GET /graphql` shows Apollo Sandbox in a browser. */
export function serveGraphql(
  server: FastifyInstance,
  apollo: ApolloServer<Context>,
  dependencies: Dependencies,
  limit: ConcurrencyLimit,
): void {
  const { config } = dependencies;
  const handle = apolloHandler(apollo, (request, reply, deadline) =>
    createContext(dependencies, request, reply, deadline),
  );
  const rejectsOtherSites = rejectOtherSites(config);
  const execute = (request: FastifyRequest, reply: FastifyReply) =>
    limit(() => withTimeout(config.operationTimeoutMs, (deadline) => handle(request, reply, deadline)));
  server.post('/graphql', { onRequest: rejectsOtherSites }, execute);
  markLargeBodies(server);
  server.post(
    '/graphql',
    {
      constraints: forLargeBodies,
      bodyLimit: USAGE_REPORT_LIMIT_BYTES,
      onRequest: [rejectsOtherSites, rejectLargeBodies(dependencies)],
    },
    execute,
  );

  const rejectMethod = (request: FastifyRequest, reply: FastifyReply) =>
    reply
      .code(405)
      .header('allow', 'POST')
      .send(errorBody(postOnly[requestLocale(request)], 'BAD_REQUEST'));
  const showsSandbox = config.environment !== 'production';
  server.get('/graphql', (request, reply) => {
    if (!showsSandbox || !request.headers.accept?.includes('text/html')) return rejectMethod(request, reply);
    // Apollo would execute a query in the URL if the client accepted JSON.
    request.headers.accept = 'text/html';
    return withTimeout(config.operationTimeoutMs, (deadline) => handle(request, reply, deadline));
  });
  // Rejects other methods before the body is read.
  server.route({
    method: ['PUT', 'DELETE', 'PATCH', 'TRACE'],
    url: '/graphql',
    onRequest: (request, reply) => void rejectMethod(request, reply),
    handler: rejectMethod,
  });
}
