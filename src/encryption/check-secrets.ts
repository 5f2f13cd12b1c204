import type { KeyRing } from '../crypto/key-ring.js';
import { canDecrypt } from '../crypto/secret-box.js';
import type { EntityManager } from '../database/connection/database.js';
import { NO_KEY, type EncryptedColumn } from './encrypted-column.js';
import { rowsWithOtherKeys } from './rotate-keys.js';

/** How many stored secrets the keys can decrypt. */
export interface CheckedSecrets {
  readonly decrypted: number;
  /** The key is not in the ring, or the ciphertext was changed. */
  readonly unreadable: number;
}

/** Decrypts every stored secret, to find those that can't be decrypted before their owners need them. */
export async function checkSecrets(
  em: EntityManager,
  keys: KeyRing,
  columns: readonly EncryptedColumn[],
): Promise<CheckedSecrets> {
  let [decrypted, unreadable] = [0, 0];
  for (const column of columns) {
    for await (const { id, ciphertext } of rowsWithOtherKeys(em, NO_KEY, column)) {
      if (ciphertext === null) continue;
      if (canDecrypt(keys, column.location(id), ciphertext)) decrypted += 1;
      else unreadable += 1;
    }
  }
  return { decrypted, unreadable };
}
