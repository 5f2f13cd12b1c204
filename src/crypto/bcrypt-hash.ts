import type { HashVerifier } from './hash-verifier.js';
import { passwordBytes } from './password-bytes.js';

/** Maximum cost of a stored hash, about a second of one core. Each further step doubles it. */
const MAXIMUM_COST = 14;

/** The minimum of the algorithm. */
const MINIMUM_COST = 4;

/**
 * `$2x$` is left out: it marks hashes of a library that broke passwords with other characters than ASCII. The last
 * characters of the salt and of the result have no bits beyond theirs, or the library finds no hash in it.
 */
const PATTERN = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{21}[.Oeu][./A-Za-z0-9]{30}[.CGKOSWaeimquy26]$/;

/** How many bytes of a password bcrypt reads. */
const MAXIMUM_PASSWORD_BYTES = 72;

/**
 * The verifier of a bcrypt hash; null if it is none, or exceeds the maximum cost. It works in a thread. No password of
 * more than 72 bytes or with a NUL matches: bcrypt would ignore the rest, and another password would match too.
 */
export function bcryptVerifier(phc: string): HashVerifier | null {
  const cost = Number(PATTERN.exec(phc)?.[1] ?? NaN);
  if (!(cost >= MINIMUM_COST && cost <= MAXIMUM_COST)) return null;
  return async (password) => {
    const bytes = passwordBytes(password);
    if (bytes.length > MAXIMUM_PASSWORD_BYTES || bytes.includes(0)) return false;
    const { verify } = await loadLibrary();
    return verify(bytes, phc);
  };
}

/** Its binary is an optional package. Servers without bcrypt hashes run without it. */
const loadLibrary = () => import('@node-rs/bcrypt');

/** Whether a hash is one of bcrypt that can't be verified, because the binary of the library is not installed. */
export async function lacksBcryptFor(): Promise<(phc: string | null) => boolean> {
  const isInstalled = await loadLibrary().then(
    () => true,
    () => false,
  );
  return (phc) => !isInstalled && phc !== null && PATTERN.test(phc);
}
