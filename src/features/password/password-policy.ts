import { localPartOf } from '../account/email-address.js';
import type { Config } from '../../config/config.js';
import { detailedUserError, userError, type UserError } from '../../rules/refuse.js';
import { passwordTooShort } from '../../rules/user-error-catalogue.js';
import type { Translated } from '../../text/locale.js';
import { canonicalPassword } from '../../text/normalize.js';
import { isCommonPassword } from './common-passwords.js';

/**
 * The most that a password may have, in code points, which are at most 512 bytes of UTF-8; nothing is ever cut off
 * (R-2).
 */
export const PASSWORD_MAXIMUM_CODE_POINTS = 128;

/** What makes a good password, in words, with the fewest characters that this server accepts. */
export const passwordAdvice: Translated<(minimumLength: number) => string> = {
  EN: (minimumLength) =>
    `Use at least ${minimumLength} characters. We recommend upper and lower case letters, numbers and special characters, and a password that you use nowhere else.`,
  ZH: (minimumLength) =>
    `至少 ${minimumLength} 个字符。建议同时使用大小写字母、数字和特殊字符，并且不要与其他网站的密码相同。`,
};

/** How many characters beside a name still make a password that is little more than the name. */
const MINIMUM_EXTRA_CHARACTERS = 3;

/** Words of this place, which attackers try here first. */
const contextWords = ['postern', 'admin', 'password'];

/** What the person is known by whose password it is. */
export interface PasswordOwner {
  readonly username: string;
  /** Bound, or about to be; null for none. */
  readonly addresses: readonly (string | null)[];
}

/** A password that somebody chooses. */
export interface NewPassword extends PasswordOwner {
  readonly password: string;
  /** The input field that holds it, e.g. `newPassword`. */
  readonly field: string;
  readonly confirmPassword: string;
}

/** What the settings say of passwords, and the name under which people reach this server. */
type Settings = Pick<Config, 'password' | 'publicUrl'>;

/** Everything that is wrong with a new password, all at once. It hashes nothing and asks nobody. */
export async function passwordFaults(
  { password, field, confirmPassword, ...owner }: NewPassword,
  config: Settings,
): Promise<UserError[]> {
  const canonical = canonicalPassword(password);
  const length = [...canonical].length;
  const faults: UserError[] = [];
  if (length < config.password.minimumLength)
    faults.push(detailedUserError('PASSWORD_TOO_SHORT', passwordTooShort(config.password.minimumLength), field));
  if (length > PASSWORD_MAXIMUM_CODE_POINTS) faults.push(userError('PASSWORD_TOO_LONG', field));
  if (faults.length === 0) {
    const reason = await weakPasswordReason(password, owner, config);
    if (reason) faults.push(userError(reason, field));
  }
  if (canonical !== canonicalPassword(confirmPassword)) faults.push(userError('PASSWORDS_DIFFER', 'confirmPassword'));
  return faults;
}

/** Why a password is among those that an attacker tries first; null where it is not. */
export async function weakPasswordReason(
  password: string,
  { username, addresses }: PasswordOwner,
  { publicUrl }: Settings,
): Promise<'PASSWORD_CONTAINS_IDENTITY' | 'PASSWORD_TOO_COMMON' | null> {
  const canonical = canonicalPassword(password);
  const identities = [username, ...addresses.filter((address) => address !== null).map(localPartOf)];
  if (identities.some((identity) => isMostly(canonical, identity))) return 'PASSWORD_CONTAINS_IDENTITY';
  const words = [...contextWords, new URL(publicUrl).hostname];
  return (await isCommonPassword(canonical)) || words.some((word) => isMostly(canonical, word))
    ? 'PASSWORD_TOO_COMMON'
    : null;
}

/** Whether a password is a word, the word reversed, or contains either with at most three characters beside it. */
function isMostly(password: string, word: string): boolean {
  const [subject, plain] = [password.toLowerCase(), word.toLowerCase()];
  const reversed = [...plain].reverse().join('');
  return (
    plain.length > 0 &&
    [plain, reversed].some((form) => subject.includes(form)) &&
    [...subject].length - [...plain].length <= MINIMUM_EXTRA_CHARACTERS
  );
}
