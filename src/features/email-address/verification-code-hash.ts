import { keyedHash, matchesKeyedHash } from '../../crypto/keyed-hash.js';
import type { KeyRing } from '../../crypto/key-ring.js';
import { canonicalCode } from '../../text/normalize.js';

/** What a code is bound to: it works for this person, this purpose and this address alone. */
export interface CodeContext {
  readonly accountId: string;
  readonly emailKey: string;
}

const PURPOSE = 'bind-email';

/** What is stored of a code. */
export const hashVerificationCode = (keys: KeyRing, { accountId, emailKey }: CodeContext, code: string): string =>
  keyedHash(keys, 'verification-code', PURPOSE, accountId, emailKey, code);

/** Whether a code, as a person typed it, is the one that is stored for this place. */
export const isVerificationCode = (
  keys: KeyRing,
  { accountId, emailKey }: CodeContext,
  codeHash: string,
  typed: string,
): boolean => matchesKeyedHash(codeHash, keys, 'verification-code', PURPOSE, accountId, emailKey, canonicalCode(typed));
