import { argon2Verifier } from './argon2-hash.js';
import { bcryptVerifier } from './bcrypt-hash.js';
import type { HashVerifier } from './hash-verifier.js';
import { pbkdf2Verifier } from './pbkdf2-hash.js';
import { scryptVerifier } from './scrypt-hash.js';

/**
 * The verifier of a stored hash, whose cost was checked before it runs. Null for a format that is not supported,
 * and for parameters that could exhaust the server.
 */
export const findHashVerifier = (phc: string): HashVerifier | null =>
  argon2Verifier(phc) ?? bcryptVerifier(phc) ?? scryptVerifier(phc) ?? pbkdf2Verifier(phc);

/** Whether a hash of another system can be stored: the password can be verified, and then gets a hash of Postern. */
export const isImportableHash = (phc: string): boolean => findHashVerifier(phc) !== null;
