import type { FastifyInstance } from 'fastify';
import { fork } from '../../database/connection/database.js';
import { JWKS_MAX_AGE_SECONDS, publishedKeys } from '../../features/service-auth/signing-keys.js';
import type { Dependencies } from '../request/create-context.js';
import { INTROSPECTION_PATH } from './introspection-endpoint.js';
import { REVOCATION_PATH } from './revocation-endpoint.js';

const JWKS_PATH = '/.well-known/jwks.json';

/**
 * What services need to verify identity tokens: the public keys (RFC 7517) and the addresses of all endpoints
 * (RFC 8414).
 */
export function serveIdentityMetadata(server: FastifyInstance, dependencies: Dependencies): void {
  const { config, database, keys, clock } = dependencies;
  server.get(JWKS_PATH, async (_request, reply) => {
    const context = { em: fork(database), reader: database.reader, keys, config, now: clock() };
    return reply
      .header('cache-control', `max-age=${JWKS_MAX_AGE_SECONDS}`)
      .type('application/jwk-set+json')
      .send({ keys: await publishedKeys(context) });
  });
  const at = (path: string) => `${config.publicUrl}${path}`;
  const metadata = {
    issuer: config.publicUrl,
    jwks_uri: at(JWKS_PATH),
    introspection_endpoint: at(INTROSPECTION_PATH),
    introspection_endpoint_auth_methods_supported: ['client_secret_basic', 'Bearer'],
    revocation_endpoint: at(REVOCATION_PATH),
    response_types_supported: [],
    grant_types_supported: [],
  };
  server.get('/.well-known/oauth-authorization-server', (_request, reply) => reply.send(metadata));
}
