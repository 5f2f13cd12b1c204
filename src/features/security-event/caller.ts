import ipaddr from 'ipaddr.js';

/** Where a request comes from, as far as the server knows by itself. */
export interface Caller {
  /** The canonical address of the peer, or of the client behind trusted proxies; null where there is none. */
  readonly ip: string | null;
  /** At most 256 characters, none of them a control character. */
  readonly userAgent: string | null;
  /** Names the request in answers, logs and events. */
  readonly requestId: string;
}

/**
 * An address in its one form, with an IPv4 address that came mapped into IPv6 folded back; null for what is
 * none.
 */
export const canonicalAddress = (address: string | null | undefined): string | null =>
  address && ipaddr.isValid(address) ? ipaddr.process(address).toString() : null;
