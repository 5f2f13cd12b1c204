import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { fork } from '../../database/connection/database.js';
import { revokePresentedToken } from '../../features/access-token/revoke-presented-token.js';
import { getCaller } from '../request/caller.js';
import type { Dependencies } from '../request/create-context.js';
import { acceptForms, readForm } from '../request/form-body.js';
import type { ConcurrencyLimit } from '../request/limit-concurrency.js';
import { sendOauthError } from '../request/oauth-error.js';
import { withTimeout } from '../request/with-timeout.js';

/** Where access tokens are revoked. */
export const REVOCATION_PATH = '/oauth/revoke';

/**
 * `POST /oauth/revoke` (RFC 7009): whoever holds an access token may revoke it. The answer is 200 whether the token is
 * known or not (section 2.2), and 400 to a body that is no form with one `token`.
 */
export async function serveRevocation(
  server: FastifyInstance,
  dependencies: Dependencies,
  limit: ConcurrencyLimit,
): Promise<void> {
  const { config, database, keys, mail, clock } = dependencies;
  const revoke = async (request: FastifyRequest, reply: FastifyReply, deadline: number) => {
    const token = readForm(request)?.get('token');
    if (token === undefined) return sendOauthError(request, reply, 'invalid_request');
    const caller = getCaller(request, request.ip);
    const context = { em: fork(database), reader: database.reader, caller, now: clock(), deadline, keys, mail };
    await revokePresentedToken(context, token);
    return reply.code(200).header('cache-control', 'no-store').send();
  };
  await server.register((scope, _options, done) => {
    acceptForms(scope);
    scope.post(REVOCATION_PATH, (request, reply) =>
      limit(() => withTimeout(config.operationTimeoutMs, (deadline) => revoke(request, reply, deadline))),
    );
    done();
  });
}
