import type { FastifyInstance } from 'fastify';
import type { Logger } from '../../telemetry/logger.js';

/** Headers with which a proxy names the address of its client. */
const addressHeaders = ['x-forwarded-for', 'forwarded', 'x-real-ip'];

/**
 * Warns once, at the first request that names another client than Postern uses. Behind a proxy that isn't
 * trusted, all users share the limits of its address.
 */
export function warnOfIgnoredForwarding(server: FastifyInstance, logger: Logger): void {
  let hasWarned = false;
  server.addHook('onRequest', ({ headers, ips, id }, _reply, done) => {
    // `ips` has the peer, and those before it only if a trusted proxy named them.
    const isIgnored =
      !hasWarned && (ips?.length ?? 1) === 1 && addressHeaders.some((name) => headers[name] !== undefined);
    if (isIgnored) {
      hasWarned = true;
      logger.warn(
        { requestId: id, setting: 'POSTERN_TRUSTED_PROXIES' },
        'ignored the client address that a proxy sent. If the proxy is yours, its users share one address and the limits of it. Set POSTERN_TRUSTED_PROXIES to the address of the proxy, and let it send X-Forwarded-For',
      );
    }
    done();
  });
}
