import { once } from 'node:events';
import { Server } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** How long an idle connection stays open when the server stops, so that requests in transit arrive. */
const IDLE_GRACE_MS = 250;

/**
 * Makes the server stop without losing requests. New connections are refused. Requests on open ones get a response with
 * `connection: close`, so that clients connect elsewhere. Then idle connections are closed. Node would close them
 * immediately and lose requests in transit.
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
    // setImmediate: first read what arrived while this process was busy.
    const timer = setTimeout(() => setImmediate(() => server.server.closeIdleConnections()), IDLE_GRACE_MS);
    await closed;
    clearTimeout(timer);
  });
}
