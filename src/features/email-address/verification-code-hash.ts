import { keyedHash, matchesKeyedHash } from '../../crypto/keyed-hash.js';
import type { KeyRing } from '../../crypto/key-ring.js';
import { canonicalCode } from '../../text/normalize.js';

/** What a code is bound to: the purpose, this account and this address. */
export interface CodeContext {
  readonly accountId: string;
  readonly emailKey: string;
}

const PURPOSE = 'bind-email';

/** The stored form of a code. */
export const hashVerificationCode = (keys: KeyRing, { accountId, emailKey }: CodeContext, code: string): string =>
  keyedHash(keys, 'verification-code', PURPOSE, accountId, emailKey, code);

/** Whether a code, as typed, matches the stored hash for this account and address. */
export const isVerificationCode = (
  keys: KeyRing,
  { accountId, emailKey }: CodeContext,
  codeHash: string,
  input: string,
): boolean => matchesKeyedHash(codeHash, keys, 'verification-code', PURPOSE, accountId, emailKey, canonicalCode(input));
