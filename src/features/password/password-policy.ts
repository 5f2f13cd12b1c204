import { getLocalPart } from '../account/email-address.js';
import type { Config } from '../../config/config.js';
import { detailedUserError, userError, type UserError } from '../../rules/refuse.js';
import { passwordTooShort } from '../../rules/user-error-values.js';
import type { Translated } from '../../text/locale.js';
import { canonicalPassword } from '../../text/normalize.js';
import { isCommonPassword } from './common-passwords.js';

/**
 * Maximum length of a password in code points, which are at most 512 bytes of UTF-8. Passwords are never
 * truncated.
 */
export const PASSWORD_MAXIMUM_CODE_POINTS = 128;

/** Password advice for users, with this server's minimum length. */
export const passwordAdvice: Translated<(minimumLength: number) => string> = {
  EN: (minimumLength) =>
    `Use at least ${minimumLength} characters. We recommend including uppercase and lowercase letters, numbers, and special characters. Avoid reusing passwords from other platforms.`,
  ZH: (minimumLength) =>
    `至少 ${minimumLength} 个字符。建议同时包含大小写字母、数字和特殊字符，不要使用其他平台的密码。`,
};

/** Maximum number of other characters in a password that still counts as a word. */
const MAXIMUM_EXTRA_CHARACTERS = 3;

/** Words specific to this product that attackers try first. */
const contextWords = ['postern', 'admin', 'password'];

/** Names that identify the password's owner. */
export interface PasswordOwner {
  readonly username: string;
  /** Bound or pending addresses; null for none. */
  readonly addresses: readonly (string | null)[];
}

/** A new password to validate. */
export interface NewPassword extends PasswordOwner {
  readonly password: string;
  /** The input field of the password, e.g. `newPassword`. */
  readonly field: string;
  readonly confirmPassword: string;
}

type Settings = Pick<Config, 'password' | 'publicUrl'>;

/** Validates a new password and returns all errors, without hashing it. */
export async function validatePassword(
  { password, field, confirmPassword, ...owner }: NewPassword,
  config: Settings,
): Promise<UserError[]> {
  const canonical = canonicalPassword(password);
  const length = [...canonical].length;
  const errors: UserError[] = [];
  if (length < config.password.minimumLength)
    errors.push(detailedUserError('PASSWORD_TOO_SHORT', passwordTooShort(config.password.minimumLength), field));
  if (length > PASSWORD_MAXIMUM_CODE_POINTS) errors.push(userError('PASSWORD_TOO_LONG', field));
  if (errors.length === 0) {
    const reason = await getWeakPasswordReason(password, owner, config);
    if (reason) errors.push(userError(reason, field));
  }
  if (canonical !== canonicalPassword(confirmPassword)) errors.push(userError('PASSWORDS_DIFFER', 'confirmPassword'));
  return errors;
}

/** Why a password is easy to guess; null if it isn't. */
export async function getWeakPasswordReason(
  password: string,
  { username, addresses }: PasswordOwner,
  { publicUrl }: Settings,
): Promise<'PASSWORD_CONTAINS_IDENTITY' | 'PASSWORD_TOO_COMMON' | null> {
  const canonical = canonicalPassword(password);
  const identities = [username, ...addresses.filter((address) => address !== null).map(getLocalPart)];
  if (identities.some((identity) => isMostly(canonical, identity))) return 'PASSWORD_CONTAINS_IDENTITY';
  const words = [...contextWords, new URL(publicUrl).hostname];
  return (await isCommonPassword(canonical)) || words.some((word) => isMostly(canonical, word))
    ? 'PASSWORD_TOO_COMMON'
    : null;
}

/** Whether a password contains a word, or its reverse, and at most three other characters. */
function isMostly(password: string, word: string): boolean {
  const [lowercasePassword, lowercaseWord] = [password.toLowerCase(), word.toLowerCase()];
  const reversed = [...lowercaseWord].reverse().join('');
  return (
    lowercaseWord.length > 0 &&
    [lowercaseWord, reversed].some((variant) => lowercasePassword.includes(variant)) &&
    [...lowercasePassword].length - [...lowercaseWord].length <= MAXIMUM_EXTRA_CHARACTERS
  );
}
