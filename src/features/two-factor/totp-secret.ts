import type { KeyRing } from '../../crypto/key-ring.js';
import { decryptSecret, encryptSecret, DecryptionError, type SecretLocation } from '../../crypto/secret-box.js';
import { findByKey, replaceCiphertext, type EncryptedColumn } from '../../encryption/encrypted-column.js';
import type { RuleContext } from '../../rules/context.js';
import { recordEvent } from '../security-event/record-event.js';
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

/**
 * Decrypts a secret in its row. If that fails, records an event and returns null, which callers must treat as a wrong
 * code.
 */
export async function decryptTotpSecret(
  context: RuleContext,
  table: TotpSecretTable,
  { id, sessionId = null }: FactorOwner,
  ciphertext: string,
): Promise<Buffer | null> {
  try {
    return decryptSecret(context.keys, totpSecretLocation(table, id), ciphertext);
  } catch (error) {
    if (!(error instanceof DecryptionError)) throw error;
    await recordEvent(context, {
      type: 'DECRYPTION_FAILED',
      outcome: 'REFUSED',
      accountId: id,
      actorId: null,
      sessionId,
    });
    return null;
  }
}
