import type { FastifyInstance } from 'fastify';
import type { Dependencies } from '../request/create-context.js';
import type { ConcurrencyLimit } from '../request/limit-concurrency.js';
import { serveIdentityMetadata } from './identity-metadata.js';
import { serveIntrospection } from './introspection-endpoint.js';
import { serveRevocation } from './revocation-endpoint.js';

/** The endpoints by the standards of OAuth: revocation, introspection, and what services need to verify tokens. */
export async function serveOauth(
  server: FastifyInstance,
  dependencies: Dependencies,
  limit: ConcurrencyLimit,
): Promise<void> {
  await serveRevocation(server, dependencies, limit);
  await serveIntrospection(server, dependencies, limit);
  serveIdentityMetadata(server, dependencies);
}
