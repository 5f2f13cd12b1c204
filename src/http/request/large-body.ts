import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { findViewerByApiToken } from '../../features/api-token/find-viewer-by-api-token.js';
import { BODY_LIMIT_BYTES } from '../../graphql/limits/variable-limits.js';
import type { Instruments } from './create-context.js';
import { bearerTokenOf } from './credential.js';

/** The largest body of a gateway's report of usage (R-80; in bytes). */
export const USAGE_REPORT_LIMIT_BYTES = 1_024 * 1_024;

/** How Fastify keeps the routes of a constraint. */
type Route = Parameters<ReturnType<Parameters<FastifyInstance['addConstraintStrategy']>[0]['storage']>['set']>[1];

/** Makes a route the one for bodies that say of themselves that they are larger than any other may be. */
export const forLargeBodies = { body: 'large' };

/** Lets a route be `forLargeBodies`. A body that turns out large without having said so is cut off where others are. */
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

/** Refuses a large body before any of it is read, unless the token of a SERVICE account comes with it. */
export const rejectLargeBodies =
  ({ database, keys }: Pick<Instruments, 'database' | 'keys'>) =>
  async (request: FastifyRequest): Promise<void> => {
    const token = bearerTokenOf(request);
    const viewer = token ? await findViewerByApiToken(database.reader, keys, token) : null;
    if (viewer?.role !== 'SERVICE') throw new fastify.errorCodes.FST_ERR_CTP_BODY_TOO_LARGE();
  };
