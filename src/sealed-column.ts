import type { SecretPlace } from './crypto/secret-box.js';
import type { EntityManager } from './database/database.js';

/** A secret as it is stored, and the row that it is sealed for. */
export interface SealedRow {
  readonly id: string;
  readonly sealed: string;
}

/** A column of secrets, as the rotation of keys needs to know it. Its feature describes it, and rotate-keys.ts lists it. */
export interface SealedColumn {
  /** Where the secret of a row is sealed for. */
  place(id: string): SecretPlace;
  /** At most so many rows that any other key than this one sealed, in the order of their ids, after one of them; null begins. */
  find(em: EntityManager, newestKeyId: string, after: string | null, limit: number): Promise<readonly SealedRow[]>;
  /** Puts a seal in the place of the former one, where that stands there still. @returns how many rows changed */
  replace(em: EntityManager, row: SealedRow, sealed: string): Promise<number>;
}
