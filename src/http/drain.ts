import { once } from 'node:events';
import { Server } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** How long an idle connection stays open when the server stops (in ms): longer than a request is in transit. */
const IDLE_GRACE_MS = 250;

/**
 * Makes a stop lose no request. New connections are refused; requests on open ones are answered with `connection:
 * close`, so that clients go elsewhere; then idle ones are closed. Node alone closes idle connections immediately, and
 * loses the requests in transit.
 */
export function drainOnClose(server: FastifyInstance): void {
  let stopping = false;
  server.addHook('onSend', (_request, reply, _payload, done) => {
    if (stopping) reply.header('connection', 'close');
    done();
  });
  server.addHook('preClose', async () => {
    stopping = true;
    if (!server.server.listening) return;
    const closed = once(server.server, 'close');
    Server.prototype.close.call(server.server);
    // Only after reading what arrived while this process was busy.
    const timer = setTimeout(() => setImmediate(() => server.server.closeIdleConnections()), IDLE_GRACE_MS);
    await closed;
    clearTimeout(timer);
  });
}
