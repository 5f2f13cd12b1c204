import { newBackupCodes, parseBackupCode } from '../../crypto/backup-code.js';
import type { PasswordHashing } from '../../crypto/password-hash.js';
import { newId } from '../../database/connection/id.js';
import { select, type Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { backupCodePolicy } from '../attempt/attempt-policy.js';
import { clearAttempts } from '../attempt/bucket-limit.js';
import { backupCodeBucket, secondFactorBucket } from '../attempt/buckets.js';
import { recordEvent } from '../security-event/record-event.js';
import { BackupCodeEntity } from './backup-code.entity.js';
import type { SecondFactorMethod } from './verify-factor.js';

/** New backup codes and their stored form. */
export interface HashedBackupCodes {
  /** The codes in plain text, which can't be read again later. */
  readonly codes: readonly string[];
  readonly rows: readonly { readonly selector: string; readonly codeHash: string }[];
}

/** Generates backup codes. Hashes them one at a time, so as not to fill the hashing queue. */
export async function generateBackupCodes(passwords: PasswordHashing): Promise<HashedBackupCodes> {
  const codes = newBackupCodes();
  const rows: HashedBackupCodes['rows'][number][] = [];
  for (const code of codes.map(parseBackupCode)) {
    if (code) rows.push({ selector: code.selector, codeHash: await passwords.hash(code.canonical) });
  }
  return { codes, rows };
}

/** Replaces all codes of an account, in the caller's transaction, so that exactly one set works at any time. */
export async function replaceBackupCodes(
  { em, now }: Pick<RuleContext, 'em' | 'now'>,
  account: string,
  { rows }: HashedBackupCodes,
): Promise<void> {
  await em.getKysely<Tables>().deleteFrom('backup_codes').where('account_id', '=', account).execute();
  await em.insertMany(
    BackupCodeEntity,
    rows.map(({ selector, codeHash }) => ({ id: newId(now), account, selector, codeHash, createdAt: now })),
  );
}

/** Backup codes. They work even while authenticator codes are locked. */
export const backupCodes: SecondFactorMethod = {
  kind: 'BACKUP_CODE',
  sessionBucket: (accountId) => ({ bucket: backupCodeBucket(accountId), policy: backupCodePolicy, accountId }),
  verify: async (context, { id: accountId }, code) => {
    const codeId = await findCode(context, accountId, code);
    if (codeId === null) return 'WRONG';
    return { kind: 'BACKUP_CODE', consume: (context, sessionId) => consume(context, { accountId, codeId, sessionId }) };
  },
};

const unusedCode = select(
  'unused_backup_code',
  (db, { accountId, selector }: { accountId: string; selector: string }) =>
    db
      .selectFrom('backup_codes')
      .where('account_id', '=', accountId)
      .where('selector', '=', selector)
      .where('used_at', 'is', null)
      .select(['id', 'code_hash as phc']),
);

/** Finds the ID of a correct code. Always computes one hash, even if there is none to compare with. */
async function findCode({ reader, passwords }: RuleContext, accountId: string, input: string): Promise<string | null> {
  const code = parseBackupCode(input);
  const [row] = code ? await unusedCode(reader, { accountId, selector: code.selector }) : [];
  const matches = await passwords.verify(row?.phc ?? null, code?.canonical ?? input);
  return row && matches ? row.id : null;
}

interface VerifiedCode {
  readonly accountId: string;
  readonly codeId: string;
  readonly sessionId: string | null;
}

/** Consumes a code, once. A correct code clears the failures of authenticator codes. */
async function consume(context: RuleContext, { accountId, codeId, sessionId }: VerifiedCode): Promise<boolean> {
  const { numUpdatedRows } = await context.em
    .getKysely<Tables>()
    .updateTable('backup_codes')
    .set({ used_at: context.now })
    .where('id', '=', codeId)
    .where('account_id', '=', accountId)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  await clearAttempts(context, secondFactorBucket(accountId));
  await recordEvent(context, { type: 'BACKUP_CODE_USED', accountId, sessionId });
  return true;
}
