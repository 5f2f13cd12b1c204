import { hashBackupCode, isBackupCodeHash, type BackupCode } from '../../crypto/backup-code.js';
import type { KeyRing } from '../../crypto/key-ring.js';
import { encryptSecret, type SecretLocation } from '../../crypto/secret-box.js';
import { findByKey, replaceCiphertext, type EncryptedColumn } from '../../encryption/encrypted-column.js';
import type { RuleContext } from '../../rules/context.js';
import { decryptFactor } from './decrypt-factor.js';
import type { FactorOwner } from './second-factor.js';

const names = { table: 'backup_codes', id: 'id', ciphertext: 'code_ciphertext' };

/** Binds a code to its row. */
const backupCodeLocation = (id: string): SecretLocation => ({
  purpose: 'backup-code',
  column: 'backup_codes.code_ciphertext',
  row: [id],
});

/** The encrypted column of backup codes. */
export const backupCodeColumn: EncryptedColumn = {
  name: 'backup_codes.code_ciphertext',
  location: backupCodeLocation,
  find: findByKey(names),
  rotation: {
    reencrypt: (em, keys, row, hash) =>
      replaceCiphertext(em, names, row, encryptSecret(keys, backupCodeLocation(row.id), hash)),
  },
};

/** The stored form of a code (D-6). */
export const encryptBackupCode = (
  keys: KeyRing,
  { id, accountId }: { readonly id: string; readonly accountId: string },
  code: BackupCode,
): string => encryptSecret(keys, backupCodeLocation(id), hashBackupCode(accountId, code));

/** Whether a code is the stored one, compared in constant time. */
export async function matchesBackupCode(
  context: RuleContext,
  owner: FactorOwner,
  { id, ciphertext }: { readonly id: string; readonly ciphertext: string },
  code: BackupCode,
): Promise<boolean> {
  const hash = await decryptFactor(context, owner, backupCodeLocation(id), ciphertext);
  return hash !== null && isBackupCodeHash(hash, owner.id, code);
}
