import type { ApolloServer } from '@apollo/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { apolloHandler } from './apollo-handler.js';
import { createContext, type Dependencies } from '../request/create-context.js';
import type { Context } from '../../graphql-kit/context.js';
import { topLevelError } from '../../graphql-kit/errors.js';
import { requestLocale } from '../request/locale.js';
import { limitConcurrency } from '../request/limit-concurrency.js';
import { withTimeout } from '../request/with-timeout.js';
import { isFromAllowedOrigin } from '../request/same-origin.js';
import { sessionCookieName } from '../request/token-cookie.js';
import { USAGE_REPORT_LIMIT_BYTES, forLargeBodies, rejectLargeBodies, markLargeBodies } from '../request/large-body.js';

/** Only `POST /graphql` executes operations. In development, `GET /graphql` shows Apollo Sandbox in a browser. */
export function serveGraphql(server: FastifyInstance, apollo: ApolloServer<Context>, dependencies: Dependencies): void {
  const { config } = dependencies;
  const handle = apolloHandler(apollo, (request, reply, deadline) =>
    createContext(dependencies, request, reply, deadline),
  );
  const cookie = sessionCookieName(config.secureCookies);

  const rejectOtherSites = (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
    // Browsers never add bearer tokens by themselves, and a request with one ignores the cookie.
    const hasBearerToken = request.headers.authorization !== undefined;
    if (hasBearerToken || isFromAllowedOrigin(request, config, request.cookies[cookie] !== undefined)) done();
    else void reply.code(403).send({ errors: [topLevelError('FORBIDDEN', {}, requestLocale(request))] });
  };
  const limit = limitConcurrency(config.capacity.requests);
  const execute = (request: FastifyRequest, reply: FastifyReply) =>
    limit(() => withTimeout(config.operationTimeoutMs, (deadline) => handle(request, reply, deadline)));
  server.post('/graphql', { onRequest: rejectOtherSites }, execute);
  markLargeBodies(server);
  server.post(
    '/graphql',
    {
      constraints: forLargeBodies,
      bodyLimit: USAGE_REPORT_LIMIT_BYTES,
      onRequest: [rejectOtherSites, rejectLargeBodies(dependencies)],
    },
    execute,
  );

  const rejectMethod = (request: FastifyRequest, reply: FastifyReply) =>
    reply
      .code(405)
      .header('allow', 'POST')
      .send({ errors: [topLevelError('BAD_REQUEST', {}, requestLocale(request))] });
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
