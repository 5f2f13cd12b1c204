import { canonicalPassword } from '../text/normalize.js';

/**
 * UTF-8 has no lone surrogates, and the encoder would replace all of them with one character. So each becomes its
 * number after a noncharacter: different passwords have different bytes.
 */
const encode = (password: string): Buffer =>
  Buffer.from(
    password.replace(/[\p{Cs}\uffff]/gu, (unit) => `\uffff${unit.charCodeAt(0).toString(16)}`),
    'utf8',
  );

/** The bytes of a password that are hashed, in the one form of Postern (NFC). */
export const passwordBytes = (password: string): Buffer => encode(canonicalPassword(password));

/** The bytes of a password in the forms that other systems hash: NFC and, where it differs, NFKC (RFC 8265). */
export const importedPasswordBytes = (password: string): Buffer[] =>
  [...new Set([canonicalPassword(password), password.normalize('NFKC')])].map(encode);
