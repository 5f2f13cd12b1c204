import { sql } from 'kysely';
import type { KeyRing } from '../crypto/key-ring.js';
import type { SecretLocation } from '../crypto/secret-box.js';
import type { EntityManager } from '../database/connection/database.js';

/** A secret as it is stored, and the id of its row. */
export interface EncryptedRow {
  readonly id: string;
  /** Null where the row has no secret that could be decrypted. */
  readonly ciphertext: string | null;
}

/** A column of secrets. Its feature describes it; `server/encrypted-columns.ts` lists all of them. */
export interface EncryptedColumn {
  /** Table and column, e.g. `two_factors.secret_ciphertext`. */
  readonly name: string;
  /** Where the secret of a row belongs: it opens there alone. */
  location(id: string): SecretLocation;
  /**
   * Up to `limit` rows that another key than `keyId` encrypted, in the order of their ids, after one of them; null
   * starts.
   */
  find(em: EntityManager, keyId: string, after: string | null, limit: number): Promise<readonly EncryptedRow[]>;
  readonly rotation: Reencryption | Clearing;
}

/** Writes a secret again with the newest key, only over the ciphertext that was read. */
export interface Reencryption {
  /** @returns how many rows changed: 0 where the row has changed since it was read */
  reencrypt(
    em: EntityManager,
    keys: KeyRing,
    row: EncryptedRow & { readonly ciphertext: string },
    secret: Buffer,
  ): Promise<number>;
}

/** Removes what another key than `keyId` encrypted, for a secret that its feature makes again. */
export interface Clearing {
  clear(em: EntityManager, keyId: string): Promise<void>;
}

interface ColumnNames {
  readonly table: string;
  readonly id: string;
  readonly ciphertext: string;
}

/** The tables differ; what is read and written of them here does not. */
type AnyTables = Record<string, Record<string, string | null>>;

/**
 * Finds the rows of a column by the name of their key, which stands second in a ciphertext:
 * `v1.key.nonce.ciphertext.tag`.
 */
export const findByKey =
  ({ table, id, ciphertext }: ColumnNames): EncryptedColumn['find'] =>
  (em, keyId, after, limit) => {
    const rows = em
      .getKysely<AnyTables>()
      .selectFrom(table)
      .select([`${id} as id`, `${ciphertext} as ciphertext`])
      .where(({ ref }) => sql`split_part(${ref(ciphertext)}, '.', 2)`, '<>', keyId)
      .orderBy(id)
      .limit(limit);
    return (after === null ? rows : rows.where(id, '>', after)).$castTo<EncryptedRow>().execute();
  };

/** Replaces one ciphertext by another where it is still the one that was read. */
export async function replaceCiphertext(
  em: EntityManager,
  { table, id, ciphertext }: ColumnNames,
  row: EncryptedRow,
  next: string,
): Promise<number> {
  const { numUpdatedRows } = await em
    .getKysely<AnyTables>()
    .updateTable(table)
    .set({ [ciphertext]: next })
    .where(id, '=', row.id)
    .where(ciphertext, '=', row.ciphertext)
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}
