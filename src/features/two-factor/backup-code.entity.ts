import { defineEntity, p } from '@mikro-orm/core';
import { AccountEntity } from '../account/account.entity.js';

/** A code for the day on which the authenticator app is out of reach. */
export const BackupCodeEntity = defineEntity({
  name: 'BackupCode',
  tableName: 'backup_codes',
  uniques: [{ properties: ['account', 'selector'] }],
  properties: {
    id: p.uuid().primary(),
    account: () => p.manyToOne(AccountEntity).deleteRule('cascade'),
    /** The first character of the code: with it a try is compared with one hash alone. */
    selector: p.text(),
    /** An Argon2id PHC string of the whole code. */
    codeHash: p.text(),
    createdAt: p.datetime(),
    usedAt: p.datetime().nullable(),
  },
});
