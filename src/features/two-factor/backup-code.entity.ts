import { defineEntity, p } from '@mikro-orm/core';
import { AccountEntity } from '../account/account.entity.js';

/** A code for signing in without the authenticator app. */
export const BackupCodeEntity = defineEntity({
  name: 'BackupCode',
  tableName: 'backup_codes',
  uniques: [{ properties: ['account', 'selector'] }],
  properties: {
    id: p.uuid().primary(),
    account: () => p.manyToOne(AccountEntity).deleteRule('cascade'),
    /** The first character of the code, which selects the only code to compare with. */
    selector: p.text(),
    /** The SHA-256 of the code, encrypted for this row; null for a code from before version 0.2 (D-6). */
    codeCiphertext: p.text().nullable(),
    /** An Argon2id PHC string of a code from before version 0.2; otherwise null. */
    codeHash: p.text().nullable(),
    createdAt: p.datetime(),
    usedAt: p.datetime().nullable(),
  },
});
