import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { fork } from '../../database/connection/database.js';
import { verifyCredential } from '../../features/service-auth/verify-credential.js';
import { isJwt, verifyIdentityToken } from '../../features/service-auth/verify-identity-token.js';
import { authenticateService } from '../request/authenticate-service.js';
import { getCaller } from '../request/caller.js';
import type { Dependencies } from '../request/create-context.js';
import { acceptForms, readForm } from '../request/form-body.js';
import type { ConcurrencyLimit } from '../request/limit-concurrency.js';
import { sendOauthError } from '../request/oauth-error.js';
import { recordUse } from '../request/record-use.js';
import { withTimeout } from '../request/with-timeout.js';
import { toIntrospection } from './introspection-claims.js';

/** Where tokens are introspected. */
export const INTROSPECTION_PATH = '/oauth/introspect';

/**
 * `POST /oauth/introspect` (RFC 7662): tells a service with the scope CREDENTIALS whose token it got. The form
 * has the `token` and, as an extension, the `ip` that sent it. Any other caller gets 401.
 */
export async function serveIntrospection(
  server: FastifyInstance,
  dependencies: Dependencies,
  limit: ConcurrencyLimit,
): Promise<void> {
  const { config, database, keys, clock } = dependencies;
  const introspect = async (request: FastifyRequest, reply: FastifyReply) => {
    const { reader } = database;
    const [now, caller] = [clock(), getCaller(request, request.ip)];
    const authentication = await authenticateService(request, { reader, keys, scope: 'CREDENTIALS' });
    if ('challenge' in authentication)
      return sendOauthError(request, reply.header('www-authenticate', authentication.challenge), 'invalid_client');
    recordUse(dependencies, authentication.service, { caller, now });
    const form = readForm(request);
    const credential = form?.get('token');
    if (credential === undefined) return sendOauthError(request, reply, 'invalid_request');
    const ip = form?.get('ip') ?? null;
    const context = { em: fork(database), reader, keys, config, now };
    const verified = isJwt(credential)
      ? await verifyIdentityToken(context, credential)
      : await verifyCredential(context, { credential, ip });
    return reply.send(toIntrospection(verified, config));
  };
  await server.register((scope, _options, done) => {
    acceptForms(scope);
    scope.post(INTROSPECTION_PATH, (request, reply) =>
      limit(() => withTimeout(config.operationTimeoutMs, () => introspect(request, reply))),
    );
    done();
  });
}
