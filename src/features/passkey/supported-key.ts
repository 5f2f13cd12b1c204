import { cose, decodeCredentialPublicKey } from '@simplewebauthn/server/helpers';
import { isUsablePublicKey } from '../../crypto/public-key.js';

const toText = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('base64url');

/**
 * Whether a COSE key is one of the three that are offered, and a key at all: Ed25519, ES256 on P-256, or RS256 with at
 * least 2,048 bits (RFC 9053, RFC 8812; R-106). The library compares the algorithm only, and imports the key only when
 * it is used.
 */
export function isSupportedKey(publicKey: Uint8Array<ArrayBuffer>): boolean {
  const jwk = toJwk(decodeCredentialPublicKey(publicKey));
  return jwk !== null && isUsablePublicKey(jwk);
}

/** The key as a JWK (RFC 7517); null if algorithm, type and curve don't belong together. */
function toJwk(key: ReturnType<typeof decodeCredentialPublicKey>): Record<string, string> | null {
  const { COSEKEYS, COSEALG, COSECRV } = cose;
  const algorithm = key.get(COSEKEYS.alg);
  if (cose.isCOSEPublicKeyOKP(key) && algorithm === COSEALG.EdDSA && key.get(COSEKEYS.crv) === COSECRV.ED25519)
    return { kty: 'OKP', crv: 'Ed25519', x: toText(key.get(COSEKEYS.x)) };
  if (cose.isCOSEPublicKeyEC2(key) && algorithm === COSEALG.ES256 && key.get(COSEKEYS.crv) === COSECRV.P256)
    return { kty: 'EC', crv: 'P-256', x: toText(key.get(COSEKEYS.x)), y: toText(key.get(COSEKEYS.y)) };
  if (cose.isCOSEPublicKeyRSA(key) && algorithm === COSEALG.RS256)
    return { kty: 'RSA', n: toText(key.get(COSEKEYS.n)), e: toText(key.get(COSEKEYS.e)) };
  return null;
}
