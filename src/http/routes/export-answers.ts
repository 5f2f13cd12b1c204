import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { RateLimitedError } from '../../features/attempt/rate-limits.js';
import type { ExportFormat } from '../../features/export/format-pages.js';
import { topLevelError, type TopLevelCode } from '../../graphql-kit/errors.js';
import { CredentialRevokedError } from '../../rules/authority.js';
import type { Logger } from '../../telemetry/logger.js';
import { bearerChallenge } from '../request/bearer-challenge.js';
import { ParameterError, parameterMessages } from '../request/export-query.js';
import { requestLocale } from '../request/locale.js';
import { sendError, toTopLevelError } from '../request/top-level-error.js';
import type { Export } from './exports.js';

const contentTypes: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  jsonl: 'application/jsonl; charset=utf-8',
};

/** Sends an export as a file that browsers save. */
export const sendExport = (
  reply: FastifyReply,
  { name, format }: Export,
  { now, stream }: { readonly now: Date; readonly stream: Readable },
): FastifyReply =>
  reply
    .headers({
      'content-type': contentTypes[format],
      // Otherwise nginx would read ahead of the client, up to a gigabyte.
      'x-accel-buffering': 'no',
      'content-disposition': `attachment; filename="postern-${name}-${now.toISOString().slice(0, 10)}.${format}"`,
    })
    .send(stream);

/** The error of a caller who may not export. */
export function denial(code: TopLevelCode, request: FastifyRequest): GraphQLError {
  if (code === 'UNAUTHENTICATED')
    return topLevelError(code, { status: 401, challenge: bearerChallenge(request) }, requestLocale(request));
  const challenge = bearerChallenge(request, 'insufficient_scope');
  const lacksScope = code === 'FORBIDDEN' && challenge !== 'Bearer';
  return topLevelError(code, { status: 403, ...(lacksScope ? { challenge } : {}) }, requestLocale(request));
}

/** Answers a request whose export did not start, in the form of errors of GraphQL. */
export function sendExportError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  logger: Logger,
): FastifyReply {
  const locale = requestLocale(request);
  if (error instanceof ParameterError) {
    const parameter = error.parameter.slice(0, MAXIMUM_SHOWN_LENGTH);
    const message = parameterMessages[error.fault][locale](parameter);
    return reply.code(400).send({ errors: [{ message, extensions: { code: 'BAD_USER_INPUT', parameter } }] });
  }
  if (error instanceof RateLimitedError) {
    const { retryAfterSeconds } = error;
    return sendError(reply, topLevelError('RATE_LIMITED', { status: 429, retryAfterSeconds }, locale));
  }
  if (error instanceof CredentialRevokedError) return sendError(reply, denial('UNAUTHENTICATED', request));
  return sendError(reply, error instanceof GraphQLError ? error : toTopLevelError(error, request, logger));
}

/** How much of an unknown name a message repeats (in characters). */
const MAXIMUM_SHOWN_LENGTH = 64;
