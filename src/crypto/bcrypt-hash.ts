import { parseOptions, verify } from '@node-rs/bcrypt';
import type { HashVerifier } from './hash-verifier.js';
import { passwordBytes } from './password-bytes.js';

/** Maximum cost of a stored hash, about a second of one core. Each further step doubles it. */
const MAXIMUM_COST = 14;

/** `$2x$` is left out: it marks hashes of a library that broke passwords with other characters than ASCII. */
const PATTERN = /^\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}$/;

/** How many bytes of a password bcrypt reads. */
const MAXIMUM_PASSWORD_BYTES = 72;

/**
 * The verifier of a bcrypt hash; null if it is none, or exceeds the maximum cost. It works in a thread. No password of
 * more than 72 bytes or with a NUL matches: bcrypt would ignore the rest, and another password would match too.
 */
export const bcryptVerifier = (phc: string): HashVerifier | null =>
  PATTERN.test(phc) && isReadable(phc)
    ? async (password) => {
        const bytes = passwordBytes(password);
        return bytes.length <= MAXIMUM_PASSWORD_BYTES && !bytes.includes(0) && verify(bytes, phc);
      }
    : null;

function isReadable(phc: string): boolean {
  try {
    return parseOptions(phc).cost <= MAXIMUM_COST;
  } catch {
    return false;
  }
}
