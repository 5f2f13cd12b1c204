import { defineEntity, p } from '@mikro-orm/core';
import { AccountEntity } from '../account/account.entity.js';

/**
 * A change of the bound address that the previous address can still undo. Until it expires, the previous address
 * stays reserved for the account.
 */
export const EmailChangeEntity = defineEntity({
  name: 'EmailChange',
  tableName: 'email_changes',
  properties: {
    id: p.uuid().primary(),
    account: () => p.manyToOne(AccountEntity).deleteRule('cascade').index(),
    /** Hash of the token in the emailed link; null until the email is composed. */
    tokenHash: p.text().nullable().unique(),
    formerEmail: p.text(),
    formerEmailKey: p.text().index(),
    newEmail: p.text(),
    createdAt: p.datetime(),
    expiresAt: p.datetime().index(),
  },
});
