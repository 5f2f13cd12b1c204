import { calculateJwkThumbprint, errors, exportJWK, generateKeyPair, importJWK, jwtVerify, SignJWT } from 'jose';
import type { CryptoKey, JWK, JWTPayload } from 'jose';

/** ECDSA with P-256 and SHA-256 (RFC 7518, section 3.4). */
const ALGORITHM = 'ES256';

/** The media type of JWT access tokens (RFC 9068, section 2.1), so that no other JWT can be taken for one. */
const TYPE = 'at+jwt';

/** A public key as others see it (RFC 7517). */
export interface PublicJwk {
  readonly kty: string;
  readonly crv: string;
  readonly x: string;
  readonly y: string;
  readonly kid: string;
  readonly alg: string;
  readonly use: 'sig';
}

/** A key pair that signs tokens. */
export interface SigningPair {
  readonly publicJwk: PublicJwk;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}

/** Generates a key pair. @returns its thumbprint (RFC 7638), and its private key as JSON (RFC 7517) to be encrypted */
export async function generateSigningPair(): Promise<{ readonly kid: string; readonly privateJwk: string }> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const { kty, crv, x, y, d } = await exportJWK(privateKey);
  return {
    kid: await calculateJwkThumbprint({ kty, crv, x, y } as JWK),
    privateJwk: JSON.stringify({ kty, crv, x, y, d }),
  };
}

/** Reads a key pair that `generateSigningPair` made. */
export async function importSigningPair(privateJwk: string): Promise<SigningPair> {
  const { d, ...jwk } = JSON.parse(privateJwk) as Record<'kty' | 'crv' | 'x' | 'y' | 'd', string>;
  const [privateKey, publicKey, kid] = await Promise.all([
    importJWK({ ...jwk, d }, ALGORITHM),
    importJWK(jwk, ALGORITHM),
    calculateJwkThumbprint(jwk),
  ]);
  return {
    publicJwk: { ...jwk, kid, alg: ALGORITHM, use: 'sig' },
    privateKey: privateKey as CryptoKey,
    publicKey: publicKey as CryptoKey,
  };
}

/** Signs a token with the claims. */
export const signToken = ({ publicJwk, privateKey }: SigningPair, claims: object): Promise<string> =>
  new SignJWT({ ...claims }).setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid: publicJwk.kid }).sign(privateKey);

/** What a token must say. */
export interface ExpectedToken {
  readonly keys: readonly SigningPair[];
  readonly issuer: string;
  readonly requiredClaims: readonly string[];
  readonly now: Date;
}

/**
 * Verifies a token: algorithm, type, key, signature, issuer, `exp` and `nbf`.
 *
 * @returns its claims; null if it is wrong
 */
export async function verifyToken(
  token: string,
  { keys, issuer, requiredClaims, now }: ExpectedToken,
): Promise<JWTPayload | null> {
  try {
    const findKey = ({ kid }: { readonly kid?: string }) => {
      const pair = keys.find(({ publicJwk }) => publicJwk.kid === kid);
      if (!pair) throw new errors.JWKSNoMatchingKey();
      return pair.publicKey;
    };
    const { payload } = await jwtVerify(token, findKey, {
      algorithms: [ALGORITHM],
      typ: TYPE,
      issuer,
      requiredClaims: [...requiredClaims],
      currentDate: now,
    });
    return payload;
  } catch (error) {
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
}
