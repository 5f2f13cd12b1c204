import { once } from 'node:events';
import { Server } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { seconds } from '../duration.js';
import { StalledConnections } from './stalled-connections.js';

/** How long an idle connection stays open when the server stops, so that requests in transit arrive. */
const IDLE_GRACE_MS = 250;

/** How long a client may take, when the server stops, to send the rest of a request or to read a response. */
const STALLED_GRACE_MS = seconds(2);

/** How often stalled connections are looked for. */
const CHECK_INTERVAL_MS = 250;

/**
 * Makes the server stop without losing requests, and in time (docs/decisions/033-ids-and-stopping.md). New connections
 * are refused. Requests on open ones get a response with `connection: close`, so that clients connect elsewhere. Then
 * idle connections are closed, and later those of clients that neither send the rest nor read.
 *
 * @param requestsMs after this time every connection is cut off
 */
export function drainOnClose(server: FastifyInstance, requestsMs: number): void {
  const stalled = new StalledConnections(server.server);
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
    // Node would close idle connections immediately and lose requests in transit.
    const closeIdle = () => {
      server.server.closeIdleConnections();
      stalled.closeUnused();
    };
    const timers = [
      // setImmediate: first read what arrived while this process was busy.
      setTimeout(() => setImmediate(closeIdle), IDLE_GRACE_MS),
      setInterval(() => stalled.cutOff(STALLED_GRACE_MS), CHECK_INTERVAL_MS),
      setTimeout(() => server.server.closeAllConnections(), requestsMs),
    ];
    await closed;
    timers.forEach(clearTimeout);
  });
}
