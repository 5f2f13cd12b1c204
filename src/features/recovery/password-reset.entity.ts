import { defineEntity, p } from '@mikro-orm/core';
import { AccountEntity } from '../account/account.entity.js';

/** Permission to set a new password without the old one; one per account, used once. */
export const PasswordResetEntity = defineEntity({
  name: 'PasswordReset',
  tableName: 'password_resets',
  properties: {
    account: () => p.oneToOne(AccountEntity).primary().owner().deleteRule('cascade'),
    tokenHash: p.text().unique(),
    /** When the password was last changed at the time of issue; a later change invalidates the token (D-3). */
    passwordChangedAt: p.datetime().nullable(),
    /** The address it was emailed to, which must still be bound; null if it was shared by an administrator. */
    emailKey: p.text().nullable(),
    /** The address an invitation was emailed to, which using it binds; otherwise null. */
    bindsEmail: p.text().nullable(),
    /** Wrong second factors tried with it. */
    attempts: p.integer().default(0),
    createdAt: p.datetime(),
    expiresAt: p.datetime().index(),
  },
});
