import { METHODS } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { decideAccess } from '../../features/service-auth/decide-access.js';
import { signIdentityToken } from '../../features/service-auth/identity-token.js';
import type { AccountLimit } from '../../graphql/admission/account-limit.js';
import { CredentialRevokedError } from '../../rules/authority.js';
import { readForwardAuthQuery, type ForwardAuthQuery } from '../request/access-demand.js';
import { createViewerContext, type Dependencies } from '../request/create-context.js';
import { findSessionViewer } from '../request/find-session-viewer.js';
import type { ConcurrencyLimit } from '../request/limit-concurrency.js';
import { recordUse } from '../request/record-use.js';
import { toTopLevelError } from '../request/top-level-error.js';
import { withTimeout } from '../request/with-timeout.js';
import { FORWARD_AUTH_PATH } from '../server.js';
import { sendFault, sendForbidden, sendToSignIn, sendUser } from './forward-auth-answers.js';

/** The limits that forward auth shares with the API. */
interface Limits {
  readonly requests: ConcurrencyLimit;
  readonly account: AccountLimit;
}

/**
 * `/auth/verify`: tells a proxy whether a request comes from a signed-in user, and who it is. Any method is
 * answered, before the body is read, and no answer has a body or sets a cookie.
 */
export function serveForwardAuth(server: FastifyInstance, dependencies: Dependencies, limits: Limits): void {
  const { config, logger } = dependencies;
  for (const method of METHODS)
    if (!server.supportedMethods.includes(method)) server.addHttpMethod(method, { hasBody: true });
  const verify = verifyAccess(dependencies, limits.account);
  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    const query = readForwardAuthQuery(request.query, config);
    if (query === null) return reply.code(400).send();
    return limits
      .requests(() => withTimeout(config.operationTimeoutMs, (deadline) => verify(request, reply, query, deadline)))
      .catch((error: unknown) => sendFault(reply, toTopLevelError(error, request, logger)));
  };
  // Envoy appends the path of the request.
  for (const url of [FORWARD_AUTH_PATH, `${FORWARD_AUTH_PATH}/*`])
    // The answer to a preflight request would let it pass without a session.
    server.route({ method: server.supportedMethods, url, config: { cors: false }, onRequest: answer, handler: answer });
}

const verifyAccess =
  (dependencies: Dependencies, limitAccount: AccountLimit) =>
  async (request: FastifyRequest, reply: FastifyReply, query: ForwardAuthQuery, deadline: number) => {
    const { config, database, clock } = dependencies;
    const [now, peer] = [clock(), request.ip];
    const viewer = await findSessionViewer(request, config, database.reader, now);
    if (viewer === null) return sendToSignIn(request, reply, config, query);
    const leave = limitAccount(viewer);
    try {
      const context = createViewerContext(dependencies, request, reply, { peer, now, deadline, viewer });
      recordUse(dependencies, viewer, context);
      const decision = decideAccess(context, viewer, query);
      if (decision.outcome === 'ROLE_TOO_LOW') return await sendForbidden(reply);
      if (decision.outcome === 'STEP_UP_REQUIRED') return await sendToSignIn(request, reply, config, query, viewer);
      const identityToken =
        query.audience === null ? null : (await signIdentityToken(context, viewer, query.audience)).token;
      return await sendUser(reply, viewer, decision.role, identityToken);
    } catch (error) {
      if (error instanceof CredentialRevokedError) return await sendToSignIn(request, reply, config, query);
      throw error;
    } finally {
      leave();
    }
  };
