import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { seconds } from '../duration.js';

/**
 * Finds all IP addresses of a host; an address is its own. Empty if the name has none.
 *
 * @param signal ends the search, whose result is then empty
 */
export type ResolveName = (host: string, signal: AbortSignal) => Promise<readonly string[]>;

/** How long a name server may take to answer, and how often it is asked. */
const QUERY_TIMEOUT_MS = seconds(2);
const QUERY_TRIES = 2;

/** The names of this machine (RFC 6761, section 6.3), which name servers needn't know. */
const localName = /^(?:.+\.)?localhost\.?$/i;

/** The host of a URL without the brackets of an IPv6 address. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '');

/**
 * Asks the name servers of this machine. The system's own resolver would occupy one of the few threads that also hash
 * passwords for as long as a slow name server takes.
 */
export const resolveName: ResolveName = async (host, signal) => {
  if (isIP(host) > 0) return [host];
  if (localName.test(host)) return ['127.0.0.1', '::1'];
  const resolver = new Resolver({ timeout: QUERY_TIMEOUT_MS, tries: QUERY_TRIES });
  const cancel = () => resolver.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const results = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    return results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
  } finally {
    signal.removeEventListener('abort', cancel);
  }
};
