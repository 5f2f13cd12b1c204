import type { PasswordHashing } from '../../../src/crypto/password-hash.js';
import type { TestPostern } from '../../support/postern.js';

/** Counts the calls to the password hashing of a running server, which works as usual. @returns the count so far */
export function watchHashing({ app: { dependencies } }: TestPostern): { readonly asked: number } {
  const { passwords } = dependencies;
  const seen = { asked: 0 };
  const watched: PasswordHashing = {
    ...passwords,
    hash: (password) => {
      seen.asked += 1;
      return passwords.hash(password);
    },
    verify: (phc, password) => {
      seen.asked += 1;
      return passwords.verify(phc, password);
    },
  };
  Object.assign(dependencies, { passwords: watched });
  return seen;
}
