import type { KeyRing } from '../crypto/key-ring.js';
import { decryptSecret, DecryptionError } from '../crypto/secret-box.js';
import type { EntityManager } from '../database/connection/database.js';
import { longTransactionOf } from '../database/connection/long-transaction.js';
import type { EncryptedColumn, EncryptedRow, Reencryption } from './encrypted-column.js';

/** Rows read per statement. */
const ROWS_PER_PAGE = 200;

/** What a rotation did, and what remains to be done before an older key can be removed. */
export interface RotationResult {
  readonly reencrypted: number;
  readonly remaining: number;
}

/**
 * Re-encrypts all secrets that older keys encrypted with the newest key. It can run at any time and repeatedly,
 * even while users sign in: each row is a compare-and-set, and servers decrypt with all keys. Secrets that no key
 * decrypts stay unchanged and count as remaining.
 */
export async function rotateKeys(
  em: EntityManager,
  keys: KeyRing,
  columns: readonly EncryptedColumn[],
): Promise<RotationResult> {
  let [reencrypted, remaining] = [0, 0];
  for (const column of columns) {
    const { rotation } = column;
    if ('clear' in rotation) await longTransactionOf(em, (transaction) => rotation.clear(transaction, keys[0].id));
    else
      for await (const row of rowsWithOtherKeys(em, keys[0].id, column))
        reencrypted += await reencrypt(em, keys, column, rotation, row);
    for await (const _ of rowsWithOtherKeys(em, keys[0].id, column)) remaining += 1;
  }
  return { reencrypted, remaining };
}

/** The rows of a column that were encrypted with another key than this one. Without any, it reads the whole table. */
export async function* rowsWithOtherKeys(
  em: EntityManager,
  keyId: string,
  column: EncryptedColumn,
): AsyncGenerator<EncryptedRow> {
  let page: readonly EncryptedRow[] = [];
  do {
    const after = page.at(-1)?.id ?? null;
    page = await longTransactionOf(em, (transaction) => column.find(transaction, keyId, after, ROWS_PER_PAGE));
    yield* page;
  } while (page.length === ROWS_PER_PAGE);
}

async function reencrypt(
  em: EntityManager,
  keys: KeyRing,
  column: EncryptedColumn,
  rotation: Reencryption,
  { id, ciphertext }: EncryptedRow,
): Promise<number> {
  if (ciphertext === null) return 0;
  try {
    return await rotation.reencrypt(em, keys, { id, ciphertext }, decryptSecret(keys, column.location(id), ciphertext));
  } catch (error) {
    if (error instanceof DecryptionError) return 0;
    throw error;
  }
}
