import { ApiTokenEntity } from './api-token/api-token.entity.js';
import { openApiToken } from './api-token/stored-api-token.js';
import type { KeyRing } from './crypto/key-ring.js';
import { openSecret, Undecryptable } from './crypto/secret-box.js';
import type { EntityManager } from './database/database.js';
import { rowsOfOtherKeys, sealedColumns } from './rotate-keys.js';

/** No key has this name, so that every row is one of another key. */
const NO_KEY = '';

/** What the keys open of what is stored. */
export interface CheckedSecrets {
  readonly opened: number;
  /** Their keys are not in the ring, or they were changed. */
  readonly unreadable: number;
}

/** Decrypts every secret that is stored, and keeps none: what the keys do not open would fail when its owner needs it. */
export async function checkSecrets(em: EntityManager, keys: KeyRing): Promise<CheckedSecrets> {
  let [opened, unreadable] = [0, 0];
  const count = (open: () => unknown) => {
    if (opens(open)) opened += 1;
    else unreadable += 1;
  };
  for (const column of sealedColumns) {
    for await (const { id, sealed } of rowsOfOtherKeys(em, NO_KEY, column)) count(() => openSecret(keys, column.place(id), sealed));
  }
  for (const { account, tokenCiphertext } of await em.find(ApiTokenEntity, { tokenCiphertext: { $ne: null } }, { disableIdentityMap: true })) {
    if (tokenCiphertext) count(() => openApiToken(keys, account.id, tokenCiphertext));
  }
  return { opened, unreadable };
}

function opens(open: () => unknown): boolean {
  try {
    open();
    return true;
  } catch (error) {
    if (error instanceof Undecryptable) return false;
    throw error;
  }
}
