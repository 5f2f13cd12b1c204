import type { KeyRing } from '../../crypto/key-ring.js';
import { encryptSecret, type SecretLocation } from '../../crypto/secret-box.js';
import { findByKey, replaceCiphertext, type EncryptedColumn } from '../../encryption/encrypted-column.js';
import type { RuleContext } from '../../rules/context.js';
import { decryptFactor } from './decrypt-factor.js';
import type { FactorOwner } from './second-factor.js';

/** The tables with secrets of authenticator apps, active and pending. */
export type TotpSecretTable = 'two_factors' | 'two_factor_enrolments';

/** Binds an account's secret to its row and table. */
const totpSecretLocation = (table: TotpSecretTable, accountId: string): SecretLocation => ({
  purpose: 'two-factor-secret',
  column: `${table}.secret_ciphertext`,
  row: [accountId],
});

/** The encrypted column of secrets in one of the two tables. */
export const totpSecretColumn = (table: TotpSecretTable): EncryptedColumn => {
  const names = { table, id: 'account_id', ciphertext: 'secret_ciphertext' };
  return {
    name: `${table}.secret_ciphertext`,
    location: (accountId) => totpSecretLocation(table, accountId),
    find: findByKey(names),
    rotation: {
      reencrypt: (em, keys, row, secret) =>
        replaceCiphertext(em, names, row, encryptTotpSecret(keys, table, row.id, secret)),
    },
  };
};

/** Encrypts a secret for its row. */
export const encryptTotpSecret = (keys: KeyRing, table: TotpSecretTable, accountId: string, secret: Buffer): string =>
  encryptSecret(keys, totpSecretLocation(table, accountId), secret);

/** Decrypts a secret in its row; null if that fails, which callers must treat as a wrong code. */
export const decryptTotpSecret = (
  context: RuleContext,
  table: TotpSecretTable,
  owner: FactorOwner,
  ciphertext: string,
): Promise<Buffer | null> => decryptFactor(context, owner, totpSecretLocation(table, owner.id), ciphertext);
