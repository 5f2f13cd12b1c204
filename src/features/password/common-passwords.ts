/** The fewest characters that any password has; shorter entries of the list can never be met. */
const MINIMUM_LENGTH = 8;

let list: Promise<ReadonlySet<string>> | undefined;

/** Read when the first password is chosen, so that the start does not wait for it. */
async function read(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  return new Set(dictionary['passwords-common'].filter((password) => password.length >= MINIMUM_LENGTH));
}

/**
 * Whether a password is on the blocklist: but for capitals, one of some 18,000 that people choose most and attackers
 * try first.
 */
export const isCommonPassword = async (password: string): Promise<boolean> =>
  (await (list ??= read())).has(password.toLowerCase());
