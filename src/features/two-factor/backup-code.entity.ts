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
    /** The first character of the code, which selects the only hash to compare with. */
    selector: p.text(),
    /** An Argon2id PHC string of the whole code. */
    codeHash: p.text(),
    createdAt: p.datetime(),
    usedAt: p.datetime().nullable(),
  },
});
