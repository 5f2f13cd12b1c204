import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Rejections } from '../../graphql/errors/rejections.js';
import { isLocalRequest } from '../request/local-request.js';

/** Numbers that are read when somebody asks for them. */
export interface MetricSources {
  /** How many mails could not be sent and were given up. */
  readonly failedMails: () => Promise<number>;
  readonly rejections: Rejections;
}

/**
 * `/metrics` for Prometheus: this process, and what administrators should look at. It answers requests of this machine
 * alone; to everybody else there is nothing at this address. No label holds anything about a person.
 */
export function serveMetrics(server: FastifyInstance, sources: MetricSources): void {
  let registry: Registry | undefined;
  server.get('/metrics', async (request, reply) => {
    if (!isLocalRequest(request)) return reply.callNotFound();
    // Made when somebody first asks: what watches the process costs a little.
    registry ??= createRegistry(sources);
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}

function createRegistry({ failedMails, rejections: rejections }: MetricSources): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'postern_mail_failed',
    help: 'Mails that could not be sent and were given up, 1,000 at the most ("postern mail failed" lists them).',
    registers: [registry],
    async collect() {
      // Where the database is away, the other figures tell of it.
      this.set(await failedMails().catch(() => NaN));
    },
  });
  registry.registerMetric(rejections.limited);
  registry.registerMetric(rejections.answered);
  return registry;
}
