import { once } from 'node:events';
import { Server } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * How long a connection on which nothing is asked stays open when the server stops (in ms): longer than a request is on
 * its way.
 */
const IDLE_GRACE_MS = 250;

/**
 * Makes a stop lose no request. New connections are refused at once; what comes in on those that are open is answered,
 * with `connection: close`, so that their clients go elsewhere; and only those on which nothing comes are closed. Node
 * by itself closes idle connections at once, and with them the requests that are already on their way.
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
    // Only after what has come in meanwhile was read, however long this process was busy with something else.
    const timer = setTimeout(() => setImmediate(() => server.server.closeIdleConnections()), IDLE_GRACE_MS);
    await closed;
    clearTimeout(timer);
  });
}
