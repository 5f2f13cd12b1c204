import fastifyCookie from '@fastify/cookie';
import fastifyCors from '@fastify/cors';
import fastify, { LogController, type FastifyError, type FastifyInstance, type FastifyReply } from 'fastify';
import { v4 } from 'uuid';
import { seconds } from '../duration.js';
import type { Config } from '../config/config.js';
import { sendError, toTopLevelError } from './request/top-level-error.js';
import { BODY_LIMIT_BYTES } from '../graphql/limits/variable-limits.js';
import type { Logger } from '../telemetry/logger.js';
import { addressOfNode, isInRanges } from '../net/ip-address.js';
import { drainOnClose } from './drain.js';
import { acceptOnlyJson } from './request/json-body.js';
import { rejectRepeatedHeaders } from './request/repeated-headers.js';

/** How long a client may take to send a request. */
const REQUEST_TIMEOUT_MS = seconds(15);

/** How much longer than its operation a request may take when the server stops. */
const RESPONSE_MARGIN_MS = seconds(0.5);

/** The HTTP server without routes: limits, headers, cookies, CORS, and the format of errors. */
export async function createHttpServer(config: Config, logger: Logger): Promise<FastifyInstance> {
  const headers = securityHeaders(config);
  const server = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    // Log entries name their request; a logger per request would only add cost.
    childLoggerFactory: (parent) => parent,
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    // X-Forwarded-For counts only from these proxies, read from right to left.
    trustProxy: config.trustedProxies.length > 0 && isTrusted(config.trustedProxies),
    requestIdHeader: false,
    genReqId: () => v4(),
    return503OnClosing: false,
    // Fastify's own response to a malformed URL contains the URL and lacks the security headers.
    frameworkErrors: (_error, request, reply: FastifyReply) => {
      void reply
        .code(400)
        .headers(headers)
        .header('x-request-id', request.id)
        .send(errorBody('The request is malformed.', 'BAD_REQUEST'));
    },
  }) as unknown as FastifyInstance;
  acceptOnlyJson(server);
  drainOnClose(server, config.operationTimeoutMs + RESPONSE_MARGIN_MS);
  await server.register(fastifyCookie);
  if (config.corsOrigins.length > 0) {
    await server.register(fastifyCors, {
      origin: config.corsOrigins,
      credentials: true,
      methods: ['POST'],
      allowedHeaders: ['content-type', 'authorization'],
    });
  }
  server.addHook('onRequest', (request, reply, done) => {
    reply.headers(headers).header('x-request-id', request.id);
    done();
  });
  rejectRepeatedHeaders(server);
  server.setNotFoundHandler((_request, reply) => reply.code(404).send(errorBody('Not found.', 'NOT_FOUND')));
  server.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status < 500)
      return reply.code(status).send(errorBody(badRequests[error.code] ?? 'The request is malformed.', 'BAD_REQUEST'));
    return sendError(reply, toTopLevelError(error, request, logger));
  });
  return server;
}

/** Whether an address in the chain is a trusted proxy's. Some proxies append a port to it. */
const isTrusted = (proxies: readonly string[]) => (node: string) => isInRanges(proxies, addressOfNode(node));

/** Messages of requests that Fastify rejects, by its error code. */
const badRequests: Readonly<Record<string, string>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'Send JSON with the header content-type: application/json.',
  FST_ERR_CTP_BODY_TOO_LARGE: 'The request body is too large.',
};

const errorBody = (message: string, code: string) => ({ errors: [{ message, extensions: { code } }] });

/** Headers of every response. Cacheable assets set their own cache-control. */
const securityHeaders = (config: Config): Record<string, string> => ({
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  ...(config.secureCookies ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}),
});
