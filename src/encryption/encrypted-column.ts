import { sql } from 'kysely';
import type { KeyRing } from '../crypto/key-ring.js';
import type { SecretLocation } from '../crypto/secret-box.js';
import type { EntityManager } from '../database/connection/database.js';

/** A stored secret and the ID of its row. */
export interface EncryptedRow {
  readonly id: string;
  /** Null if the row has no secret that could be decrypted. */
  readonly ciphertext: string | null;
}

/** No key has this ID, so `find` returns the rows of every key. */
export const NO_KEY = '';

/** A column of encrypted secrets. Each feature defines its own; `server/encrypted-columns.ts` lists them. */
export interface EncryptedColumn {
  /** Table and column, e.g. `two_factors.secret_ciphertext`. */
  readonly name: string;
  /** The location of a row's secret, which can be decrypted only there. */
  location(id: string): SecretLocation;
  /**
   * Finds up to `limit` rows after an ID (null: from the first) that were encrypted with another key than `keyId`, in
   * ID order.
   */
  find(em: EntityManager, keyId: string, after: string | null, limit: number): Promise<readonly EncryptedRow[]>;
  readonly rotation: Reencryption | ColumnClearing;
}

/** Re-encrypts a secret with the newest key, but only replaces the ciphertext that was read. */
export interface Reencryption {
  /** @returns the number of changed rows: 0 if the row has changed since it was read */
  reencrypt(
    em: EntityManager,
    keys: KeyRing,
    row: EncryptedRow & { readonly ciphertext: string },
    secret: Buffer,
  ): Promise<number>;
}

/** Deletes what was encrypted with another key than `keyId`, for a secret that its feature creates again. */
export interface ColumnClearing {
  clear(em: EntityManager, keyId: string): Promise<void>;
}

interface ColumnNames {
  readonly table: string;
  readonly id: string;
  readonly ciphertext: string;
}

/** Untyped, since the statements work for any table. */
type AnyTables = Record<string, Record<string, string | null>>;

/** Finds rows by the ID of their key, which is the second part of a ciphertext: `v1.key.nonce.ciphertext.tag`. */
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

/** Replaces a ciphertext if it is still the one that was read. */
export async function replaceCiphertext(
  em: EntityManager,
  { table, id, ciphertext }: ColumnNames,
  row: EncryptedRow,
  newCiphertext: string,
): Promise<number> {
  const { numUpdatedRows } = await em
    .getKysely<AnyTables>()
    .updateTable(table)
    .set({ [ciphertext]: newCiphertext })
    .where(id, '=', row.id)
    .where(ciphertext, '=', row.ciphertext)
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}
