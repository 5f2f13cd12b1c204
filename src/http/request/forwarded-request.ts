import type { FastifyRequest } from 'fastify';
import type { Config } from '../../config/config.js';
import { addressOfNode, isInRanges } from '../../net/ip-address.js';

/** The request that a proxy asks about. Null where the proxy says nothing, or isn't trusted. */
export interface ForwardedRequest {
  /** The address that the browser opened, as it was sent: it is not checked yet. */
  readonly address: string | null;
  readonly method: string | null;
}

const unknown: ForwardedRequest = { address: null, method: null };

/**
 * Reads what a proxy says about the request of its client: `X-Original-URL` (nginx) or `X-Forwarded-Proto`, `-Host` and
 * `-Uri` (Traefik, Caddy). It counts only from `TRUSTED_PROXIES`, and tells where to return to, never what is allowed
 * (R-123).
 */
export function readForwardedRequest(
  { headers, socket }: FastifyRequest,
  { trustedProxies }: Pick<Config, 'trustedProxies'>,
): ForwardedRequest {
  if (!isInRanges(trustedProxies, addressOfNode(socket.remoteAddress ?? ''))) return unknown;
  // Node joins a repeated header with a comma, which makes an address invalid.
  const get = (name: string): string | null => headers[name]?.toString() ?? null;
  const [proto, host, uri] = ['x-forwarded-proto', 'x-forwarded-host', 'x-forwarded-uri'].map(get);
  const address = proto && host && uri?.startsWith('/') ? `${proto}://${host}${uri}` : null;
  return { address: get('x-original-url') ?? address, method: get('x-forwarded-method') };
}
