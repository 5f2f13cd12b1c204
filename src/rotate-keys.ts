import { reencryptApiTokens } from './api-token/reencrypt-api-tokens.js';
import type { KeyRing } from './crypto/key-ring.js';
import { openSecret, sealSecret, Undecryptable } from './crypto/secret-box.js';
import type { EntityManager } from './database/database.js';
import { forgetPasswordNotes } from './password/password-note.js';
import type { SealedColumn, SealedRow } from './sealed-column.js';
import { totpSecrets } from './two-factor/totp-secrets.js';

/**
 * Every column of secrets but the API tokens, which are hashed anew as well, and the notes of passwords, which are forgotten: one that is missing here loses its secrets when an
 * older key is removed.
 */
export const sealedColumns: readonly SealedColumn[] = [totpSecrets('two_factors'), totpSecrets('two_factor_enrolments')];

/** Rows that are read at once. */
const PAGE = 200;

/** What a rotation did, and what is left to do before an older key can go. */
export interface Rotated {
  readonly sealedAnew: number;
  readonly left: number;
}

/**
 * Encrypts with the newest key what older ones encrypted. It may be run again at any time, also while people sign
 * in: each row is its own compare-and-set, and every server reads both keys. What no key opens stays as it is, and is
 * counted as left.
 */
export async function rotateKeys(em: EntityManager, keys: KeyRing): Promise<Rotated> {
  let [sealedAnew, left] = [0, 0];
  for (const column of sealedColumns) {
    for await (const row of rowsOfOtherKeys(em, keys[0].id, column)) sealedAnew += await sealAnew(em, keys, column, row);
    for await (const _ of rowsOfOtherKeys(em, keys[0].id, column)) left += 1;
  }
  await forgetPasswordNotes(em, keys[0].id);
  const tokens = await reencryptApiTokens(em, keys);
  return { sealedAnew: sealedAnew + tokens.done, left: left + tokens.left };
}

/** The rows of a column that any other key than this one sealed. */
export async function* rowsOfOtherKeys(em: EntityManager, keyId: string, column: SealedColumn): AsyncGenerator<SealedRow> {
  let page: readonly SealedRow[] = [];
  do {
    page = await column.find(em, keyId, page.at(-1)?.id ?? null, PAGE);
    yield* page;
  } while (page.length === PAGE);
}

async function sealAnew(em: EntityManager, keys: KeyRing, column: SealedColumn, row: SealedRow): Promise<number> {
  const place = column.place(row.id);
  try {
    return await column.replace(em, row, sealSecret(keys, place, openSecret(keys, place, row.sealed)));
  } catch (error) {
    if (error instanceof Undecryptable) return 0;
    throw error;
  }
}
