import fastifyCookie from '@fastify/cookie';
import fastifyCors from '@fastify/cors';
import fastify, {
  LogController,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { v4 } from 'uuid';
import { seconds } from '../duration.js';
import type { Config } from '../config/config.js';
import { errorBody, sendError, toTopLevelError } from './request/top-level-error.js';
import { requestLocale } from './request/locale.js';
import { topLevelErrors } from '../graphql-kit/errors.js';
import type { Translated } from '../text/locale.js';
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

/** Where proxies ask whether a request comes from a signed-in user. */
export const FORWARD_AUTH_PATH = '/auth/verify';

/** Answers a request whose path leads nowhere. */
export type NotFoundHandler = (request: FastifyRequest, reply: FastifyReply) => unknown;

const notFound: Translated<string> = { EN: 'Not found.', ZH: '未找到。' };

/** Answers programs. */
export const sendNotFound: NotFoundHandler = (request, reply) =>
  reply.code(404).send(errorBody(notFound[requestLocale(request)], 'NOT_FOUND'));

const sendBadRequest: NotFoundHandler = (request, reply) =>
  reply.code(400).send(errorBody(topLevelErrors.BAD_REQUEST[requestLocale(request)], 'BAD_REQUEST'));

/** Whether a proxy asks about a request, whose path it may have appended. Its answers have no body. */
const isForwardAuth = ({ raw }: FastifyRequest): boolean => raw.url?.startsWith(`${FORWARD_AUTH_PATH}/`) ?? false;

/**
 * The HTTP server without routes: limits, headers, cookies, CORS, and the format of errors.
 *
 * @param prepare adds hooks that run before all others
 */
export async function createHttpServer(
  config: Config,
  logger: Logger,
  handleNotFound = sendNotFound,
  prepare: (server: FastifyInstance) => void = () => undefined,
): Promise<FastifyInstance> {
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
      reply.code(400).headers(headers).header('x-request-id', request.id);
      void (isForwardAuth(request) ? reply.send() : sendBadRequest(request, reply));
    },
  }) as unknown as FastifyInstance;
  prepare(server);
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
  server.setNotFoundHandler(handleNotFound);
  server.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    const { [error.code]: message = topLevelErrors.BAD_REQUEST } = badRequests;
    if (status < 500) return reply.code(status).send(errorBody(message[requestLocale(request)], 'BAD_REQUEST'));
    return sendError(reply, toTopLevelError(error, request, logger));
  });
  return server;
}

/** Whether an address in the chain is a trusted proxy's. Some proxies append a port to it. */
const isTrusted = (proxies: readonly string[]) => (node: string) => isInRanges(proxies, addressOfNode(node));

/** Messages of requests that Fastify rejects, by its error code. */
const badRequests: Readonly<Record<string, Translated<string>>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    EN: 'Send JSON with the header content-type: application/json.',
    ZH: '请发送 JSON，并设置请求头 content-type: application/json。',
  },
  FST_ERR_CTP_BODY_TOO_LARGE: { EN: 'The request body is too large.', ZH: '请求体过大。' },
};

/** Headers of every response. Cacheable assets set their own cache-control. */
const securityHeaders = (config: Config): Record<string, string> => ({
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  ...(config.secureCookies ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}),
});
