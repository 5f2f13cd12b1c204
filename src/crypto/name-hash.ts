import { hash } from 'node:crypto';

/**
 * The hash of a name within a namespace, from which a UUIDv5 is made (RFC 9562, section 5.5): SHA-1, 20 bytes. It
 * distinguishes names and proves nothing, since anyone can compute it.
 */
export function hashName(namespace: Uint8Array, name: string): Buffer {
  // Through hex, since Node returns text much faster than bytes, and a report has a thousand names.
  return Buffer.from(hash('sha1', Buffer.concat([namespace, Buffer.from(name)]), 'hex'), 'hex');
}
