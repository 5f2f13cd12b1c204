import type { FastifyRequest } from 'fastify';
import { isLoopback } from '../../net/ip-address.js';

const localHostPattern = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i;

/** Headers with which a proxy identifies its client. */
const forwardingHeaders = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'];

/**
 * Whether a request was sent from this machine to this machine. Pages for developers and operators reject others. The
 * host name is checked too, because of DNS rebinding.
 */
export const isLocalRequest = ({ headers, socket }: FastifyRequest): boolean =>
  localHostPattern.test(headers.host ?? '') &&
  isLoopback(socket.remoteAddress ?? '') &&
  forwardingHeaders.every((name) => headers[name] === undefined);
