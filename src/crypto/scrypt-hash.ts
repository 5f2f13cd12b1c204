import { scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { decodeSaltAndResult, type HashVerifier } from './hash-verifier.js';
import { importedPasswordBytes } from './password-bytes.js';
import { isSameSecret } from './same-secret.js';

const deriveKey = promisify<Buffer, Buffer, number, object, Buffer>(scrypt);

const PATTERN = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/** Maximum memory of one hash, 128 N r (RFC 7914, section 2): what OWASP recommends at most, N = 2^17 with r = 8. */
const MAXIMUM_MEMORY_BYTES = 128 * 2 ** 17 * 8;

/** Maximum work of one hash, N r p: twice what OWASP recommends. */
const MAXIMUM_WORK = 2 ** 21;

/** The verifier of a scrypt PHC string; null if it is none, or exceeds the maximum cost. It works in a thread. */
export function scryptVerifier(phc: string): HashVerifier | null {
  const [, ln = '', r = '', p = '', salt = '', result = ''] = PATTERN.exec(phc) ?? [];
  const [N, blockSize, lanes] = [2 ** Number(ln), Number(r), Number(p)];
  const decoded = decodeSaltAndResult(salt, result);
  const isInBounds =
    N >= 2 &&
    blockSize >= 1 &&
    lanes >= 1 &&
    128 * N * blockSize <= MAXIMUM_MEMORY_BYTES &&
    N * blockSize * lanes <= MAXIMUM_WORK;
  if (!decoded || !isInBounds) return null;
  const options = { N, r: blockSize, p: lanes, maxmem: 2 * MAXIMUM_MEMORY_BYTES };
  return async (password) => {
    for (const bytes of importedPasswordBytes(password)) {
      const derived = await deriveKey(bytes, decoded.salt, decoded.result.length, options);
      if (isSameSecret(derived, decoded.result)) return true;
    }
    return false;
  };
}
