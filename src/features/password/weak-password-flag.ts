import { sql } from 'kysely';
import type { KeyRing } from '../../crypto/key-ring.js';
import { openSecret, sealSecret, Undecryptable, type SecretLocation } from '../../crypto/secret-box.js';
import { changeInPages } from '../../database/migrate/change-in-pages.js';
import type { EntityManager } from '../../database/connection/database.js';
import type { Tables } from '../../database/read/select.js';
import { findByKey, type EncryptedColumn } from '../../encryption/encrypted-column.js';
import type { RuleContext } from '../../rules/context.js';
import { weakPasswordReason } from './password-policy.js';

/** The account whose password was just proven. */
interface VerifiedAccount {
  readonly id: string;
  readonly username: string;
  readonly email: string | null;
  readonly passwordHash: string | null;
  /** What was noted before. */
  readonly weakPasswordFlag: string | null;
}

/** Where the note of an account's password stands. */
const flagLocation = (accountId: string): SecretLocation => ({
  purpose: 'password-note',
  column: 'accounts.password_note_ciphertext',
  row: [accountId],
});

/**
 * Whether the password of an account is one that attackers try first, as far as that was noted; null where nobody has
 * looked, or the note cannot be read, which the next sign-in mends.
 */
export function readWeakPasswordFlag(keys: KeyRing, accountId: string, flag: string | null): boolean | null {
  try {
    return flag === null ? null : openSecret(keys, flagLocation(accountId), flag)[0] === 1;
  } catch (error) {
    if (error instanceof Undecryptable) return null;
    throw error;
  }
}

/**
 * The note of a password that was just proven: whether it is one that attackers try first, for the finding
 * PASSWORD_COMMON. It may have been set under an older list, or before the user had their name, and only now is the
 * password known. The note is sealed, and as long for a good password as for a bad one, so that a copy of the database
 * does not point at the weak accounts. Null where the one that is there says the same.
 */
export async function newWeakPasswordFlag(
  { keys, config }: Pick<RuleContext, 'keys' | 'config'>,
  { id, username, email, weakPasswordFlag: weakPasswordFlag }: VerifiedAccount,
  password: string,
): Promise<string | null> {
  const isWeak = (await weakPasswordReason(password, { username, addresses: [email] }, config)) !== null;
  if (readWeakPasswordFlag(keys, id, weakPasswordFlag) === isWeak) return null;
  return sealSecret(keys, flagLocation(id), Buffer.from([isWeak ? 1 : 0]));
}

/**
 * Keeps a note, if there is a new one. A password change that came in between wins, and nothing is noted of an account
 * that cannot be used.
 */
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

/** The notes, which a rotation of the keys forgets: the next sign-in of each user makes a new one. */
export const weakPasswordFlagColumn: EncryptedColumn = {
  name: 'accounts.password_note_ciphertext',
  location: flagLocation,
  find: findByKey({ table: 'accounts', id: 'id', ciphertext: 'password_note_ciphertext' }),
  rotation: { clear: clearWeakPasswordFlags },
};

/** Forgets the notes that another key than this one sealed, so that it can go. */
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
