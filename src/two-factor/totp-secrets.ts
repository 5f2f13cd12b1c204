import { sql } from 'kysely';
import type { EntityManager } from '../database/database.js';
import type { Tables } from '../database/select.js';
import type { SealedColumn } from '../sealed-column.js';
import { totpSecretPlace, type TotpSecretTable } from './totp-secret.js';

/** The two tables have the columns alike that are worked with here. */
const inTable = (em: EntityManager, table: TotpSecretTable) => ({ db: em.getKysely<Tables>(), table: table as 'two_factors' });

/** The name of the key that sealed a secret stands second in it: `v1.key.nonce.ciphertext.tag`. */
const keyId = sql<string>`split_part(secret_ciphertext, '.', 2)`;

/** The secrets of authenticator apps, for the rotation of keys. */
export const totpSecrets = (name: TotpSecretTable): SealedColumn => ({
  place: (accountId) => totpSecretPlace(name, accountId),
  find: (em, newestKeyId, after, limit) => {
    const { db, table } = inTable(em, name);
    const rows = db.selectFrom(table).select(['account_id as id', 'secret_ciphertext as sealed'])
      .where(keyId, '<>', newestKeyId).orderBy('account_id').limit(limit);
    return (after === null ? rows : rows.where('account_id', '>', after)).execute();
  },
  replace: async (em, { id, sealed: former }, sealed) => {
    const { db, table } = inTable(em, name);
    const { numUpdatedRows } = await db.updateTable(table).set({ secret_ciphertext: sealed })
      .where('account_id', '=', id).where('secret_ciphertext', '=', former).executeTakeFirst();
    return Number(numUpdatedRows);
  },
});
