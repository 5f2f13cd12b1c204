/** Compares a password with one stored hash. */
export type HashVerifier = (password: string) => Promise<boolean>;

/** The longest salt and result of a hash that is verified (in bytes). Others would only fill the database. */
const MAXIMUM_SALT_BYTES = 64;
const MAXIMUM_RESULT_BYTES = 128;

/** The shortest salt (RFC 9106, section 3.1), and the shortest result of scrypt and PBKDF2 that isn't guessed. */
const MINIMUM_SALT_BYTES = 8;
const MINIMUM_RESULT_BYTES = 16;

/** The salt and the result of a PHC string. */
export interface SaltAndResult {
  readonly salt: Buffer;
  readonly result: Buffer;
}

/** Decodes the salt and the result of a PHC string (base64 without padding); null if a length is out of bounds. */
export function decodeSaltAndResult(salt: string, result: string): SaltAndResult | null {
  const decoded = { salt: Buffer.from(salt, 'base64'), result: Buffer.from(result, 'base64') };
  const [saltBytes, resultBytes] = [decoded.salt.length, decoded.result.length];
  const isInBounds =
    saltBytes >= MINIMUM_SALT_BYTES &&
    saltBytes <= MAXIMUM_SALT_BYTES &&
    resultBytes >= MINIMUM_RESULT_BYTES &&
    resultBytes <= MAXIMUM_RESULT_BYTES;
  return isInBounds ? decoded : null;
}
