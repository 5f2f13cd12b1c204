import type { FastifyInstance } from 'fastify';
import { seconds } from '../../duration.js';
import { respondsWithin } from '../../database/connection/responds-within.js';
import type { Database } from '../../database/connection/database.js';

/** How long the database may take to answer. */
const READY_TIMEOUT_MS = seconds(1.5);

/** `/livez`: the process runs. `/readyz`: it can serve requests, which requires the database. */
export function serveHealth(server: FastifyInstance, database: Database): void {
  server.get('/livez', () => ({ status: 'ok' }));
  server.get('/readyz', async (_request, reply) => {
    if (await respondsWithin(database.reader, READY_TIMEOUT_MS)) return { status: 'ok' };
    return reply.code(503).send({ status: 'unavailable', reason: 'the database does not answer' });
  });
}
