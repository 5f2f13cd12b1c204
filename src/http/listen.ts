import { once } from 'node:events';
import { createServer } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config/config.js';

/** An address to listen on, and the settings that set it. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
  readonly settings: { readonly host: string; readonly port: string };
}

/** It is not possible to listen on an address. `code` is that of the system's error, such as `EADDRINUSE`. */
export class ListenError extends Error {
  constructor(
    readonly endpoint: Endpoint,
    readonly code: string,
    cause: unknown,
  ) {
    super(`Can't listen on port ${endpoint.port} of ${endpoint.host}: ${code}`, { cause });
  }
}

/** Where the API and the metrics are served. Port 0 means any free one. */
export const endpointsOf = ({ host, port, metrics }: Pick<Config, 'host' | 'port' | 'metrics'>) => ({
  api: { host, port, settings: { host: 'POSTERN_HOST', port: 'PORT' } },
  metrics: {
    host: metrics.host,
    port: metrics.port ?? 0,
    settings: { host: 'POSTERN_METRICS_HOST', port: 'POSTERN_METRICS_PORT' },
  },
});

/**
 * Binds and releases each port. Opening the database takes seconds, and a port that is taken should be reported before.
 *
 * @throws {ListenError} for the first one that can't be used
 */
export async function ensurePortsAreFree(config: Config): Promise<void> {
  const { api, metrics } = endpointsOf(config);
  await ensureFree(api);
  if (config.metrics.port !== null) await ensureFree(metrics);
}

async function ensureFree(endpoint: Endpoint): Promise<void> {
  const server = createServer();
  try {
    server.listen(endpoint.port, endpoint.host);
    await once(server, 'listening');
  } catch (error) {
    throw listenError(endpoint, error);
  }
  server.close();
  await once(server, 'close');
}

/** @throws {ListenError} */
export async function listenAt(server: FastifyInstance, endpoint: Endpoint): Promise<string> {
  const { host, port } = endpoint;
  try {
    return await server.listen({ host, port, listenTextResolver: (address) => `listening at ${address}` });
  } catch (error) {
    throw listenError(endpoint, error);
  }
}

const listenError = (endpoint: Endpoint, error: unknown): ListenError =>
  new ListenError(endpoint, (error as NodeJS.ErrnoException).code ?? '', error);
