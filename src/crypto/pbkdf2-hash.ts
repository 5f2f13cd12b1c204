import { pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';
import { decodeSaltAndResult, type HashVerifier } from './hash-verifier.js';
import { passwordBytes } from './password-bytes.js';
import { isSameSecret } from './same-secret.js';

const deriveKey = promisify(pbkdf2);

const PATTERN = /^\$pbkdf2(|-sha256|-sha512)\$i=(\d{1,7})(?:,l=(\d{1,3}))?\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/** The digest of each name, and its length in bytes. Without a name it is SHA-1 (RFC 8018, appendix B.1). */
const digests: Readonly<Record<string, readonly [name: string, bytes: number]>> = {
  '': ['sha1', 20],
  '-sha256': ['sha256', 32],
  '-sha512': ['sha512', 64],
};

/** Maximum work of one hash: iterations for each block of the result (RFC 8018, section 5.2). */
const MAXIMUM_WORK = 2_000_000;

/** The verifier of a PBKDF2 PHC string; null if it is none, or exceeds the maximum cost. It works in a thread. */
export function pbkdf2Verifier(phc: string): HashVerifier | null {
  const [, name = '-', i = '', length, salt = '', result = ''] = PATTERN.exec(phc) ?? [];
  const [digest, digestBytes] = digests[name] ?? [];
  const decoded = decodeSaltAndResult(salt, result);
  if (!digest || !digestBytes || !decoded) return null;
  const [iterations, resultBytes] = [Number(i), decoded.result.length];
  const isInBounds =
    iterations >= 1 &&
    iterations * Math.ceil(resultBytes / digestBytes) <= MAXIMUM_WORK &&
    Number(length ?? resultBytes) === resultBytes;
  if (!isInBounds) return null;
  return async (password) =>
    isSameSecret(
      await deriveKey(passwordBytes(password), decoded.salt, iterations, resultBytes, digest),
      decoded.result,
    );
}
