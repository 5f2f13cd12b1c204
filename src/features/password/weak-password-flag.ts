import { sql } from 'kysely';
import type { KeyRing } from '../../crypto/key-ring.js';
import { decryptSecret, encryptSecret, DecryptionError, type SecretLocation } from '../../crypto/secret-box.js';
import { changeInPages } from '../../database/migrate/change-in-pages.js';
import type { EntityManager } from '../../database/connection/database.js';
import type { Tables } from '../../database/read/select.js';
import { findByKey, type EncryptedColumn } from '../../encryption/encrypted-column.js';
import type { RuleContext } from '../../rules/context.js';
import { getWeakPasswordReason } from './password-policy.js';

/** The account whose password was just verified. */
interface VerifiedAccount {
  readonly id: string;
  readonly username: string;
  readonly email: string | null;
  readonly passwordHash: string | null;
  /** The stored flag. */
  readonly weakPasswordFlag: string | null;
}

/** Binds the encrypted flag to its account's row. */
const flagLocation = (accountId: string): SecretLocation => ({
  purpose: 'password-note',
  column: 'accounts.password_note_ciphertext',
  row: [accountId],
});

/**
 * Decrypts whether an account's password is weak. Null if it wasn't checked yet, or if the flag can't be decrypted; the
 * next sign-in then stores a new one.
 */
export function readWeakPasswordFlag(keys: KeyRing, accountId: string, flag: string | null): boolean | null {
  try {
    return flag === null ? null : decryptSecret(keys, flagLocation(accountId), flag)[0] === 1;
  } catch (error) {
    if (error instanceof DecryptionError) return null;
    throw error;
  }
}

/**
 * Checks a verified password for the finding PASSWORD_COMMON, since it may be older than the blocklist or the username.
 * Null if the stored flag is current. The flag is encrypted, and equally long for weak and strong passwords, so that a
 * copy of the database doesn't reveal weak accounts.
 */
export async function newWeakPasswordFlag(
  { keys, config }: Pick<RuleContext, 'keys' | 'config'>,
  { id, username, email, weakPasswordFlag }: VerifiedAccount,
  password: string,
): Promise<string | null> {
  const isWeak = (await getWeakPasswordReason(password, { username, addresses: [email] }, config)) !== null;
  if (readWeakPasswordFlag(keys, id, weakPasswordFlag) === isWeak) return null;
  return encryptSecret(keys, flagLocation(id), Buffer.from([isWeak ? 1 : 0]));
}

/** Stores a new flag, if any. Skipped if the password changed since, or the account isn't active. */
export async function storeWeakPasswordFlag(
  { em }: Pick<RuleContext, 'em'>,
  { id, passwordHash }: Pick<VerifiedAccount, 'id' | 'passwordHash'>,
  flag: string | null,
): Promise<void> {
  if (flag !== null)
    await em
      .getKysely<Tables>()
      .updateTable('accounts')
      .set({ password_note_ciphertext: flag })
      .where('id', '=', id)
      .where('password_hash', '=', passwordHash)
      .where('status', '=', 'ACTIVE')
      .execute();
}

/** The encrypted column of flags. Key rotation deletes them; the next sign-in of each user writes a new one. */
export const weakPasswordFlagColumn: EncryptedColumn = {
  name: 'accounts.password_note_ciphertext',
  location: flagLocation,
  find: findByKey({ table: 'accounts', id: 'id', ciphertext: 'password_note_ciphertext' }),
  rotation: { clear: clearWeakPasswordFlags },
};

/** Deletes the flags encrypted with other keys than the newest, so that those keys can be removed. */
async function clearWeakPasswordFlags(em: EntityManager, newestKeyId: string): Promise<void> {
  const db = em.getKysely<Tables>();
  const hasOtherKey = sql<boolean>`split_part(password_note_ciphertext, '.', 2) <> ${newestKeyId}`;
  await changeInPages({
    find: (after, limit) =>
      db
        .selectFrom('accounts')
        .select('id')
        .where('id', '>', after)
        .where(hasOtherKey)
        .orderBy('id')
        .limit(limit)
        .execute(),
    change: (ids) =>
      db
        .updateTable('accounts')
        .set({ password_note_ciphertext: null })
        .where('id', 'in', ids)
        .where(hasOtherKey)
        .execute(),
  });
}
