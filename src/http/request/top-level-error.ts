import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLError } from 'graphql';
import { topLevelError } from '../../graphql-kit/errors.js';
import { getRetryAfterSeconds } from '../../graphql/errors/unavailable.js';
import type { Logger } from '../../telemetry/logger.js';
import { currentRequestIds } from '../../telemetry/request-record.js';
import { requestLocale } from './locale.js';

/** The error of a whole request that failed: SERVICE_UNAVAILABLE, or a fault, which is logged with its request ID. */
export function toTopLevelError(error: unknown, request: FastifyRequest, logger: Logger): GraphQLError {
  const { id: requestId } = request;
  const retryAfterSeconds = getRetryAfterSeconds(error);
  if (retryAfterSeconds === null) {
    logger.error({ err: error, requestId }, 'unexpected error');
    return topLevelError(
      'INTERNAL_SERVER_ERROR',
      { status: 500, requestId, ...currentRequestIds() },
      requestLocale(request),
    );
  }
  logger.warn({ err: error, requestId }, 'a request was not served');
  return topLevelError('SERVICE_UNAVAILABLE', { status: 503, retryAfterSeconds }, requestLocale(request));
}

/** The body of a response about a whole request, in the form of GraphQL. */
export const errorBody = (message: string, code: string) => ({ errors: [{ message, extensions: { code } }] });

/** Sends a top-level error as the whole response, in the same form as Apollo. */
export function sendError(reply: FastifyReply, { message, extensions: { http, ...extensions } }: GraphQLError) {
  const { status, headers } = http as { readonly status: number; readonly headers: ReadonlyMap<string, string> };
  return reply
    .code(status)
    .headers(Object.fromEntries(headers))
    .send({ errors: [{ message, extensions }] });
}
