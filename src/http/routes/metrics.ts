import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Rejections } from '../../graphql/errors/rejections.js';
import { isLocalRequest } from '../request/local-request.js';

/** Values that are read when metrics are requested. */
export interface MetricSources {
  /** The number of emails that could not be sent. */
  readonly failedMails: () => Promise<number>;
  readonly rejections: Rejections;
}

/**
 * `/metrics` for Prometheus: this process, and figures for administrators. Only requests from this machine get an
 * answer; others get 404. No label contains user data.
 */
export function serveMetrics(server: FastifyInstance, sources: MetricSources): void {
  let registry: Registry | undefined;
  server.get('/metrics', async (request, reply) => {
    if (!isLocalRequest(request)) return reply.callNotFound();
    // Created on the first request, since collecting process metrics has a cost.
    registry ??= createRegistry(sources);
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}

function createRegistry({ failedMails, rejections }: MetricSources): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'postern_mail_failed',
    help: 'Emails that could not be sent, up to 1,000. List them with "postern mail failed".',
    registers: [registry],
    async collect() {
      // Other metrics show that the database is unreachable.
      this.set(await failedMails().catch(() => NaN));
    },
  });
  registry.registerMetric(rejections.limits);
  registry.registerMetric(rejections.errors);
  return registry;
}
