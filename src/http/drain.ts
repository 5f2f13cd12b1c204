import { once } from 'node:events';
import { Server } from 'node:net';
import { setImmediate as immediate, setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { seconds } from '../duration.js';
import { StalledConnections } from './stalled-connections.js';

/** How long no request may have come before idle connections are closed, so that requests in transit arrive. */
const IDLE_GRACE_MS = 250;

/** The same once a request has come since the stop began: a proxy then sends more. */
const BUSY_GRACE_MS = seconds(1);

/** How long idle connections stay open at most while requests come over others. */
const MAXIMUM_GRACE_MS = seconds(2);

/** What arrives in the time that the process needs for other work is lost; so it must need less than this. */
const OTHER_WORK_MS = 1;

/** How long a client may take, when the server stops, to send the rest of a request or to read a response. */
const STALLED_GRACE_MS = seconds(2);

/** How often stalled connections are looked for. */
const CHECK_INTERVAL_MS = 250;

/**
 * Stops a server without losing requests, and in time (docs/decisions/033-ids-and-stopping.md). First it refuses new
 * connections. Only then Fastify answers with `connection: close`: a proxy that needs new connections finds them
 * refused, and goes elsewhere. When no more requests come, idle connections are closed, and later those of clients that
 * neither send the rest nor read.
 */
export async function closeGracefully(server: FastifyInstance): Promise<void> {
  await refuseConnections(server.server);
  await server.close();
}

/**
 * Prepares a server for {@link closeGracefully}.
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
    const closed = once(server.server, 'close');
    stopListening(server.server);
    const closeIdle = () => {
      server.server.closeIdleConnections();
      stalled.closeUnused();
    };
    const timers = [
      setInterval(() => stalled.cutOff(STALLED_GRACE_MS), CHECK_INTERVAL_MS),
      setTimeout(() => server.server.closeAllConnections(), requestsMs),
    ];
    const quiet = new AbortController();
    void untilQuiet(server.server, quiet.signal).then(closeIdle, () => undefined);
    await closed;
    quiet.abort();
    timers.forEach(clearTimeout);
  });
}

/** `close` of HTTP would close idle connections immediately, and lose requests in transit. */
function stopListening(server: Server): void {
  Server.prototype.close.call(server);
}

/** Refuses new connections once the waiting ones are accepted: the system resets those, with what they sent. */
async function refuseConnections(server: Server): Promise<void> {
  let accepted = 0;
  const count = () => (accepted += 1);
  server.on('connection', count);
  const deadline = performance.now() + IDLE_GRACE_MS;
  do {
    accepted = 0;
    // The event loop accepts one connection in each turn.
    await untilRead(deadline);
  } while (accepted > 0 && performance.now() < deadline);
  server.off('connection', count);
  stopListening(server);
}

/**
 * Resolves when no request has come for a while, and all that arrived is read. A proxy sends requests over the
 * connections that it has open; it can't repeat one if its connection is closed at the same time.
 */
async function untilQuiet(server: Server, signal: AbortSignal): Promise<void> {
  const startedAt = performance.now();
  let lastAt = startedAt;
  server.on('request', () => (lastAt = performance.now()));
  const deadline = startedAt + MAXIMUM_GRACE_MS;
  const end = () => Math.min(lastAt + (lastAt > startedAt ? BUSY_GRACE_MS : IDLE_GRACE_MS), deadline);
  for (let left = end() - startedAt; left > 0; left = end() - performance.now())
    await sleep(left, undefined, { signal });
  await untilRead(deadline, signal);
}

/** Resolves when everything that arrived is read, which a busy process does late; or after a time. */
async function untilRead(deadline: number, signal?: AbortSignal): Promise<void> {
  let began: number;
  do {
    began = performance.now();
    await immediate(undefined, { signal });
  } while (performance.now() - began > OTHER_WORK_MS && performance.now() < deadline);
}
