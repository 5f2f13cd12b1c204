import type { PasswordHashing } from '../../../src/crypto/password-hash.js';
import type { TestPostern } from '../../support/postern.js';

/** Watches the password hashing of a running server, which goes on as ever. @returns how often it was asked since */
export function watchHashing({ app: { instruments } }: TestPostern): { readonly asked: number } {
  const { passwords } = instruments;
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
  Object.assign(instruments, { passwords: watched });
  return seen;
}
