/** Minimum length that any policy accepts; shorter entries of the list can be left out. */
const MINIMUM_LENGTH = 8;

let commonPasswords: Promise<ReadonlySet<string>> | undefined;

/** Loads the list on first use, so that startup doesn't wait for it. */
async function loadCommonPasswords(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  return new Set(dictionary['passwords-common'].filter((password) => password.length >= MINIMUM_LENGTH));
}

/** Whether a password, ignoring case, is on a blocklist of about 18,000 common passwords. */
export const isCommonPassword = async (password: string): Promise<boolean> =>
  (await (commonPasswords ??= loadCommonPasswords())).has(password.toLowerCase());
