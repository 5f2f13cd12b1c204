import type { FastifyInstance } from 'fastify';
import { findPartStatuses, type ReadinessPart } from '../../telemetry/readiness.js';

/** `/livez`: the process runs. `/readyz`: every part that it needs to serve requests is well; otherwise 503. */
export function serveHealth(server: FastifyInstance, parts: readonly ReadinessPart[]): void {
  server.get('/livez', () => ({ status: 'ok' }));
  server.get('/readyz', async (_request, reply) => {
    const statuses = await findPartStatuses(parts);
    const isReady = statuses.every(({ status }) => status === 'ok');
    return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ok' : 'unavailable', parts: statuses });
  });
}
