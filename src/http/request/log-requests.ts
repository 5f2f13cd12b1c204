import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../config/config.js';
import { addressOfNode, networkOf } from '../../net/ip-address.js';
import { toGlobalId } from '../../rules/global-id.js';
import { REQUEST_MESSAGE } from '../../telemetry/log-destination.js';
import type { Logger } from '../../telemetry/logger.js';
import { runInRequest, type RequestRecord } from '../../telemetry/request-record.js';
import type { Tracer } from '../../telemetry/spans.js';
import { roundMs } from '../../telemetry/statements.js';
import { parseTraceparent, toTraceparent } from '../../telemetry/trace-context.js';
import { findOutcome, isPage, levelOf } from './request-outcome.js';
import { beginRequestSpan, endRequestSpan } from './trace-request.js';

/** Called once for each request, when its response is sent or its connection is lost. */
type RequestListener = (request: {
  readonly operation: string;
  readonly outcome: string;
  readonly milliseconds: number;
}) => void;

/**
 * Keeps a record of each request in progress, and logs one line when it is done: what it was, how it ended, how long it
 * took, and whose it was, by ID. It has no variable, no document, no token and no name.
 */
export function logRequests(
  server: FastifyInstance,
  { requestLog: { sample, address } }: Pick<Config, 'requestLog'>,
  logger: Logger,
  listener: RequestListener,
  tracer: Tracer | null = null,
): void {
  // Every field is a number, a code or an ID, so nothing needs to be redacted.
  const lines = logger.child({}, { redact: [] });
  const showAddress = addressFormats[address];
  const debug = logger.isLevelEnabled('debug') ? logger : null;
  const records = new WeakMap<FastifyRequest, RequestRecord>();

  const end = (request: FastifyRequest, reply: FastifyReply, record: RequestRecord, startedAt: number, ip: string) => {
    const milliseconds = performance.now() - startedAt;
    const { statusCode: status, writableFinished } = reply.raw;
    const outcome = findOutcome(record, status, writableFinished);
    const route = request.routeOptions.url ?? OTHER;
    const operation = record.operation ?? (route === '/graphql' ? OTHER : route);
    listener({ operation, outcome, milliseconds });
    if (record.span !== null) endRequestSpan(record.span, status, outcome);
    const level = levelOf(outcome, isPage(request.method, route));
    if (!lines.isLevelEnabled(level) || (outcome === 'OK' && !isSampled(record.id, sample))) return;
    lines[level](
      {
        requestId: record.id,
        traceId: record.trace?.traceId,
        method: request.method,
        route,
        operation,
        status,
        outcome,
        userErrors: record.userErrors.length > 0 ? record.userErrors : undefined,
        ms: roundMs(milliseconds),
        statements: record.statements,
        userId: record.accountId === null ? undefined : toGlobalId('User', record.accountId),
        credential: record.credential,
        address: showAddress(addressOfNode(ip)),
      },
      REQUEST_MESSAGE,
    );
  };

  server.addHook('onRequest', (request, reply, done) => {
    const startedAt = performance.now();
    const record = newRecord(request, debug, tracer);
    records.set(request, record);
    if (record.trace !== null) reply.header('traceresponse', toTraceparent(record.trace, record.id));
    // Read immediately: once the client disconnects, its address is unknown.
    const { ip } = request;
    reply.raw.once('close', () => end(request, reply, record, startedAt, ip));
    runInRequest(record, done);
  });
  // Reading the body loses the context that the first hook set.
  server.addHook('preValidation', (request, _reply, done) => {
    const record = records.get(request);
    if (record) runInRequest(record, done);
    else done();
  });
}

/** The name of what is not known: another path, or an operation that could not be read. */
const OTHER = 'other';

/** How the address of a caller is logged (`POSTERN_LOG_ADDRESS`). */
const addressFormats: Readonly<
  Record<Config['requestLog']['address'], (ip: string | null) => string | null | undefined>
> = { off: () => undefined, truncated: networkOf, full: (ip) => ip };

function newRecord(request: FastifyRequest, debug: Logger | null, tracer: Tracer | null): RequestRecord {
  const parent = parseTraceparent(request.headers['traceparent']);
  const span = beginRequestSpan(tracer, request, parent);
  return {
    id: request.id,
    trace: span === null ? parent : span.trace,
    span,
    operation: null,
    code: null,
    userErrors: [],
    accountId: null,
    credential: 'NONE',
    statements: 0,
    debug,
  };
}

/** The first 32 bits of a request ID, which are random, as a number from 0 up to 1. */
const isSampled = (requestId: string, share: number): boolean =>
  share >= 1 || Number.parseInt(requestId.slice(0, 8), 16) / 2 ** 32 < share;
