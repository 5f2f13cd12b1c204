import { newBackupCodes, parseBackupCode } from '../../crypto/backup-code.js';
import { newId } from '../../database/connection/id.js';
import { select, type Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { backupCodePolicy } from '../attempt/attempt-policy.js';
import { clearAttempts } from '../attempt/bucket-limit.js';
import { backupCodeBucket, recoveryFactorBucket, secondFactorBucket } from '../attempt/buckets.js';
import { recordEvent } from '../security-event/record-event.js';
import { BackupCodeEntity } from './backup-code.entity.js';
import type { FactorOwner } from './second-factor.js';
import { encryptBackupCode, matchesBackupCode } from './stored-backup-code.js';
import type { SecondFactorMethod } from './verify-factor.js';

/** New backup codes and their stored form. */
export interface NewBackupCodes {
  /** The codes in plain text, which can't be read again later. */
  readonly codes: readonly string[];
  readonly rows: readonly { readonly id: string; readonly selector: string; readonly codeCiphertext: string }[];
}

/** Generates backup codes for an account. */
export function generateBackupCodes(
  { keys, now }: Pick<RuleContext, 'keys' | 'now'>,
  accountId: string,
): NewBackupCodes {
  const codes = newBackupCodes();
  const rows = codes.flatMap((text) => {
    const code = parseBackupCode(text);
    if (!code) return [];
    const id = newId(now);
    return [{ id, selector: code.selector, codeCiphertext: encryptBackupCode(keys, { id, accountId }, code) }];
  });
  return { codes, rows };
}

/** Replaces all codes of an account, in the caller's transaction, so that exactly one set works at any time. */
export async function replaceBackupCodes(
  { em, now }: Pick<RuleContext, 'em' | 'now'>,
  account: string,
  { rows }: NewBackupCodes,
): Promise<void> {
  await em.getKysely<Tables>().deleteFrom('backup_codes').where('account_id', '=', account).execute();
  await em.insertMany(
    BackupCodeEntity,
    rows.map((row) => ({ ...row, account, createdAt: now })),
  );
}

/** Backup codes. They work even while authenticator codes are locked. */
export const backupCodes: SecondFactorMethod = {
  kind: 'BACKUP_CODE',
  sessionBucket: (accountId) => ({ bucket: backupCodeBucket(accountId), policy: backupCodePolicy, accountId }),
  verify: async (context, owner, { code }) => {
    const accountId = owner.id;
    const codeId = await findCode(context, owner, code);
    if (codeId === null) return 'WRONG';
    return {
      kind: 'BACKUP_CODE',
      methods: ['otp'],
      consume: (context, sessionId) => consume(context, { accountId, codeId, sessionId }),
    };
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
      .select(['id', 'code_ciphertext as ciphertext', 'code_hash as phc']),
);

/** Finds the ID of a correct code. A code from before version 0.2 is compared with its Argon2id hash (D-6). */
async function findCode(context: RuleContext, owner: FactorOwner, input: string): Promise<string | null> {
  const code = parseBackupCode(input);
  const [row] = code ? await unusedCode(context.reader, { accountId: owner.id, selector: code.selector }) : [];
  if (!code || !row) return null;
  const { id, ciphertext, phc } = row;
  const matches =
    ciphertext === null
      ? await context.passwords.verify(phc, code.canonical)
      : await matchesBackupCode(context, owner, { id, ciphertext }, code);
  return matches ? id : null;
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
  await clearAttempts(context, secondFactorBucket(accountId), recoveryFactorBucket(accountId));
  await recordEvent(context, { type: 'BACKUP_CODE_USED', accountId, sessionId });
  return true;
}
