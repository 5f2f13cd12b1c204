import { defineEntity, p } from '@mikro-orm/core';
import { AccountEntity } from '../account/account.entity.js';

/**
 * A change of the bound address that can still be undone from the former one. While it can, the former
 * address stays reserved for the account.
 */
export const EmailChangeEntity = defineEntity({
  name: 'EmailChange',
  tableName: 'email_changes',
  properties: {
    id: p.uuid().primary(),
    account: () => p.manyToOne(AccountEntity).deleteRule('cascade').index(),
    /** Of the link in the mail; null until that is written. */
    tokenHash: p.text().nullable().unique(),
    formerEmail: p.text(),
    formerEmailKey: p.text().index(),
    newEmail: p.text(),
    createdAt: p.datetime(),
    expiresAt: p.datetime().index(),
  },
});
