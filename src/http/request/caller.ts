import type { FastifyRequest } from 'fastify';
import type { Caller } from '../../features/security-event/caller.js';
import { addressOfNode } from '../../net/ip-address.js';
import { currentRequest } from '../../telemetry/request-record.js';

/** Maximum stored length of a User-Agent (R-96; in characters). */
const MAXIMUM_USER_AGENT_LENGTH = 256;

/** Control characters could forge lines where the text is shown. */
const sanitize = (text: string) =>
  text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '').slice(0, MAXIMUM_USER_AGENT_LENGTH);

/** The origin of a request: the peer or, behind trusted proxies, the client in X-Forwarded-For. */
export const getCaller = (request: FastifyRequest, peer: string): Caller => ({
  ip: addressOfNode(peer),
  userAgent: request.headers['user-agent'] ? sanitize(request.headers['user-agent']) : null,
  requestId: request.id,
  traceId: currentRequest()?.trace?.traceId ?? null,
});
