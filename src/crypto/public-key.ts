import { createPublicKey, type JsonWebKey } from 'node:crypto';

/** Minimum length of an RSA key, in bits (NIST SP 800-131A). */
const MINIMUM_RSA_BITS = 2_048;

/** Whether a JWK (RFC 7517) is a public key that can be imported and, if it is an RSA key, is long enough. */
export function isUsablePublicKey(jwk: JsonWebKey): boolean {
  try {
    const { asymmetricKeyDetails } = createPublicKey({ key: jwk, format: 'jwk' });
    return (asymmetricKeyDetails?.modulusLength ?? MINIMUM_RSA_BITS) >= MINIMUM_RSA_BITS;
  } catch {
    return false;
  }
}
