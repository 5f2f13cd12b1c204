import type { KeyRing } from '../crypto/key-ring.js';
import { canDecrypt, encryptSecret, keyIdOf, type SecretLocation } from '../crypto/secret-box.js';
import type { EntityManager } from '../database/connection/database.js';
import { longTransactionOf } from '../database/connection/long-transaction.js';
import type { Tables } from '../database/read/select.js';
import { NO_KEY, type EncryptedColumn } from './encrypted-column.js';
import { KeyCanaryEntity } from './key-canary.entity.js';

/** The canary of a key that is lost. Its row stays, since a database without canaries verifies its secrets. */
const FORGOTTEN = '';

/** What a canary says; it is no secret. */
const CANARY = Buffer.from('postern');

/** Secrets of each column that the first start with canaries decrypts. */
const SAMPLE_ROWS = 200;

const locationOf = (keyId: string): SecretLocation => ({
  purpose: 'key-canary',
  column: 'key_canaries.sealed',
  row: [keyId],
});

/** The keys do not belong to the database. */
export class WrongKeysError extends Error {
  /**
   * @param missing the IDs of keys that are not in the ring
   * @param different the IDs of keys whose bytes are others than before
   */
  constructor(missing: readonly string[], different: readonly string[]) {
    super(
      [
        ...(missing.length > 0 ? [`The database has secrets of keys that are missing: ${missing.join(', ')}.`] : []),
        ...(different.length > 0
          ? [`These keys are not the ones that it was used with: ${different.join(', ')}.`]
          : []),
      ].join(' '),
    );
  }
}

/**
 * Ensures that every key whose secrets may be in the database is in the ring, unchanged. Changes nothing.
 *
 * @throws {WrongKeysError}
 */
export async function verifyKeys(em: EntityManager, keys: KeyRing): Promise<void> {
  const canaries = await em.find(KeyCanaryEntity, { sealed: { $ne: FORGOTTEN } }, { orderBy: { keyId: 'asc' } });
  requireAll(
    canaries.map(({ keyId, sealed }) => ({ keyId, isOpen: canDecrypt(keys, locationOf(keyId), sealed) })),
    keys,
  );
}

/** Requires that every key opened what it sealed. */
function requireAll(sealed: readonly { readonly keyId: string; readonly isOpen: boolean }[], keys: KeyRing): void {
  const closed = sealed.filter(({ isOpen }) => !isOpen).map(({ keyId }) => keyId);
  const isKnown = (keyId: string) => keys.some(({ id }) => id === keyId);
  if (closed.length > 0)
    throw new WrongKeysError(
      closed.filter((keyId) => !isKnown(keyId)),
      closed.filter(isKnown),
    );
}

/**
 * Seals a canary with the newest key before it encrypts anything. In a database without canaries, each key gets one,
 * after some of the stored secrets were decrypted. If several processes start together, the first one counts, and the
 * others verify theirs against it.
 *
 * @throws {WrongKeysError} if the database was used with other keys
 */
export async function registerKeys(
  em: EntityManager,
  keys: KeyRing,
  columns: readonly EncryptedColumn[],
): Promise<void> {
  await verifyKeys(em.fork(), keys);
  if ((await em.count(KeyCanaryEntity, { keyId: keys[0].id })) === 1) return;
  const isFirst = (await em.count(KeyCanaryEntity)) === 0;
  if (isFirst) await verifyStoredSecrets(em, keys, columns);
  const rows = (isFirst ? keys : [keys[0]]).map((key) => ({
    key_id: key.id,
    sealed: encryptSecret([key], locationOf(key.id), CANARY),
  }));
  await em
    .getKysely<Tables>()
    .insertInto('key_canaries')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await verifyKeys(em.fork(), keys);
}

/** Decrypts the first secrets of each column. A key that opens none of its secrets is missing or another one. */
async function verifyStoredSecrets(
  em: EntityManager,
  keys: KeyRing,
  columns: readonly EncryptedColumn[],
): Promise<void> {
  const opened = new Map<string, boolean>();
  for (const column of columns) {
    const rows = await longTransactionOf(em, (transaction) => column.find(transaction, NO_KEY, null, SAMPLE_ROWS));
    for (const { id, ciphertext } of rows) {
      if (ciphertext === null) continue;
      const keyId = keyIdOf(ciphertext);
      opened.set(keyId, (opened.get(keyId) ?? false) || canDecrypt(keys, column.location(id), ciphertext));
    }
  }
  requireAll(
    [...opened].map(([keyId, isOpen]) => ({ keyId, isOpen })),
    keys,
  );
}

/** The IDs of the keys that stored secrets may need. */
export const knownKeyIds = async (em: EntityManager): Promise<string[]> =>
  (await em.find(KeyCanaryEntity, { sealed: { $ne: FORGOTTEN } })).map(({ keyId }) => keyId);

/** Forgets the keys that no secret needs, so that they can be removed from the ring. @returns how many it forgot */
export const forgetOlderKeys = (em: EntityManager, [newest]: KeyRing): Promise<number> =>
  em.nativeDelete(KeyCanaryEntity, { keyId: { $ne: newest.id } });

/** Forgets one key, because it is lost. @returns whether the database knew it */
export const forgetKey = async (em: EntityManager, keyId: string): Promise<boolean> =>
  (await em.nativeUpdate(KeyCanaryEntity, { keyId, sealed: { $ne: FORGOTTEN } }, { sealed: FORGOTTEN })) === 1;
