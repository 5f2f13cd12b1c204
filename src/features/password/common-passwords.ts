/** The shortest password that any policy accepts; shorter entries of the list can never match. */
const MINIMUM_LENGTH = 8;

let commonPasswords: Promise<ReadonlySet<string>> | undefined;

/** Loaded when the first password is chosen, so that startup doesn't wait for it. */
async function loadCommonPasswords(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  return new Set(dictionary['passwords-common'].filter((password) => password.length >= MINIMUM_LENGTH));
}

/** Whether a password is, ignoring case, on a blocklist of some 18,000 common ones that attackers try first. */
export const isCommonPassword = async (password: string): Promise<boolean> =>
  (await (commonPasswords ??= loadCommonPasswords())).has(password.toLowerCase());
