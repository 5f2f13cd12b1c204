import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Registry } from 'prom-client';
import type { Config } from '../../config/config.js';
import { isSameSecret } from '../../crypto/same-secret.js';
import { topLevelError } from '../../graphql-kit/errors.js';
import { createRegistry, type MetricSources } from '../../telemetry/registry.js';
import { isLoopback } from '../../net/ip-address.js';
import { getBearerToken } from '../request/authenticate.js';
import { bearerChallenge } from '../request/bearer-challenge.js';
import { isLocalRequest } from '../request/local-request.js';
import { requestLocale } from '../request/locale.js';

type MetricsConfig = Pick<Config, 'environment' | 'metrics'>;

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
        .header('www-authenticate', bearerChallenge(request))
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
