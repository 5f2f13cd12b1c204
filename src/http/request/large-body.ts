import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { findViewerByApiToken } from '../../features/api-token/find-viewer-by-api-token.js';
import { BODY_LIMIT_BYTES } from '../../graphql/limits/variable-limits.js';
import type { Dependencies } from './create-context.js';
import { getBearerToken } from './authenticate.js';

/** Maximum size of a gateway's usage report (R-80; in bytes). */
export const USAGE_REPORT_LIMIT_BYTES = 1_024 * 1_024;

/** A route, as Fastify's constraint storage gets it. */
type Route = Parameters<ReturnType<Parameters<FastifyInstance['addConstraintStrategy']>[0]['storage']>['set']>[1];

/** The constraint of a route for requests that declare a large body. */
export const forLargeBodies = { body: 'large' };

/**
 * Enables the constraint `forLargeBodies`. A large body that doesn't declare its size exceeds the usual limit and is
 * rejected.
 */
export function markLargeBodies(server: FastifyInstance): void {
  server.addConstraintStrategy({
    name: 'body',
    storage: () => {
      const routes = new Map<unknown, Route>();
      return {
        get: (size) => routes.get(size) ?? null,
        set: (size, route) => {
          routes.set(size, route);
        },
      };
    },
    deriveConstraint: ({ headers }) =>
      Number(headers['content-length']) > BODY_LIMIT_BYTES ? forLargeBodies.body : undefined,
  });
}

/** Rejects a large body before it is read, unless it comes with the token of a SERVICE account that reports usage. */
export const rejectLargeBodies =
  ({ database, keys }: Pick<Dependencies, 'database' | 'keys'>) =>
  async (request: FastifyRequest): Promise<void> => {
    const token = getBearerToken(request);
    const viewer = token ? await findViewerByApiToken(database.reader, keys, token) : null;
    if (!viewer?.serviceScopes.includes('CALL_KEYS')) throw new fastify.errorCodes.FST_ERR_CTP_BODY_TOO_LARGE();
  };
