import type { FastifyRequest } from 'fastify';

const localHost = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i;
const localPeer = /^(?:::ffff:)?127\.|^::1$/;

/** Headers with which a proxy says for whom it asks. */
const forwardingHeaders = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'];

/**
 * Whether a request was made on this machine, for this machine: what only a developer or an operator may see answers to
 * no other. A page of somebody else's that a browser was led to by a false name server has another host name.
 */
export const isLocalRequest = ({ headers, socket }: FastifyRequest): boolean =>
  localHost.test(headers.host ?? '') &&
  localPeer.test(socket.remoteAddress ?? '') &&
  forwardingHeaders.every((name) => headers[name] === undefined);
