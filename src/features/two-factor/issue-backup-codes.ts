import { newBackupCodes, readBackupCode } from '../../crypto/backup-code.js';
import type { PasswordHashing } from '../../crypto/password-hash.js';
import type { EntityManager } from '../../database/connection/database.js';
import { newId } from '../../database/connection/id.js';
import { BackupCodeEntity } from './backup-code.entity.js';

/** New backup codes, and what is kept of them. */
export interface HashedBackupCodes {
  /** As their owner gets them: this is the only moment at which they are known. */
  readonly codes: readonly string[];
  readonly rows: readonly { readonly selector: string; readonly codeHash: string }[];
}

/** Makes new backup codes. One hash after the other, so that ten of them keep nobody else waiting for a place. */
export async function makeBackupCodes(passwords: PasswordHashing): Promise<HashedBackupCodes> {
  const codes = newBackupCodes();
  const rows: HashedBackupCodes['rows'][number][] = [];
  for (const code of codes.map(readBackupCode)) {
    if (code) rows.push({ selector: code.selector, codeHash: await passwords.hash(code.canonical) });
  }
  return { codes, rows };
}

/**
 * Puts new codes in the place of all that an account had, in the transaction of what makes them: never do both sets
 * work, or neither.
 */
export async function replaceBackupCodes(
  em: EntityManager,
  now: Date,
  account: string,
  { rows }: HashedBackupCodes,
): Promise<void> {
  await em.nativeDelete(BackupCodeEntity, { account });
  await em.insertMany(
    BackupCodeEntity,
    rows.map(({ selector, codeHash }) => ({ id: newId(now), account, selector, codeHash, createdAt: now })),
  );
}
