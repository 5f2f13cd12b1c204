import { defineEntity, p } from '@mikro-orm/core';
import { AccountEntity } from './account.entity.js';

/**
 * A link with which the owner cancels one deletion of the account, one for each address it is mailed to. It
 * ends with that deletion.
 */
export const AccountDeletionLinkEntity = defineEntity({
  name: 'AccountDeletionLink',
  tableName: 'account_deletion_links',
  properties: {
    id: p.uuid().primary(),
    account: () => p.manyToOne(AccountEntity).deleteRule('cascade').index(),
    /** Hash of the token in the link; null until the email is composed. */
    tokenHash: p.text().nullable().unique(),
    /** The address the link is mailed to. */
    email: p.text(),
    /** Which deletion it belongs to: the account's `deletionRequestedAt`. */
    requestedAt: p.datetime(),
  },
});
