import type { FastifyInstance, FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { inSeconds } from '../../duration.js';
import type { Config } from '../../config/config.js';
import { isSameSecret } from '../../crypto/same-secret.js';
import { topLevelError } from '../../graphql-kit/errors.js';
import type { Rejections } from '../../graphql/errors/rejections.js';
import { transactionRetries } from '../../telemetry/transaction-retries.js';
import { isLoopback } from '../../net/ip-address.js';
import { getBearerToken } from '../request/authenticate.js';
import { isLocalRequest } from '../request/local-request.js';
import { requestLocale } from '../request/locale.js';

type MetricsConfig = Pick<Config, 'environment' | 'metrics'>;

/** Values that are read when metrics are requested. */
export interface MetricSources {
  /** The number of emails that could not be sent. */
  readonly failedMails: () => Promise<number>;
  readonly rejections: Rejections;
  /** How far the clock of this machine is ahead of the database's. */
  readonly clockDifferenceMs: () => number;
}

/**
 * `/metrics` for Prometheus: this process, and figures for administrators. No label contains user data. With
 * `POSTERN_METRICS_TOKEN`, others get 401; without it, those who may not read metrics get 404.
 */
export function serveMetrics(server: FastifyInstance, config: MetricsConfig, sources: MetricSources): void {
  let registry: Registry | undefined;
  const { token } = config.metrics;
  server.get('/metrics', async (request, reply) => {
    if (token === null && !isAllowedWithoutToken(request, config)) return reply.callNotFound();
    if (token !== null && !isSameSecret(getBearerToken(request) ?? '', token))
      return reply
        .code(401)
        .header('www-authenticate', 'Bearer')
        .send({ errors: [topLevelError('UNAUTHENTICATED', {}, requestLocale(request))] });
    // Created on the first request, since collecting process metrics has a cost.
    registry ??= createRegistry(sources);
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}

/**
 * At the port of the API, a proxy on this machine may forward requests that look local, so production requires a token
 * or a port for metrics.
 */
function isAllowedWithoutToken(request: FastifyRequest, { environment, metrics: { host, port } }: MetricsConfig) {
  if (port === null) return environment !== 'production' && isLocalRequest(request);
  return !isLoopback(host) || isLocalRequest(request);
}

function createRegistry({ failedMails, rejections, clockDifferenceMs }: MetricSources): Registry {
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
  new Gauge({
    name: 'postern_clock_difference_seconds',
    help: 'How far the clock of this machine is ahead of the database’s. Beyond a minute, the process is not ready.',
    registers: [registry],
    collect() {
      this.set(inSeconds(clockDifferenceMs()));
    },
  });
  registry.registerMetric(transactionRetries);
  registry.registerMetric(rejections.limits);
  registry.registerMetric(rejections.errors);
  return registry;
}
