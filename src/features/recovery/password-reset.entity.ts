import { defineEntity, p } from '@mikro-orm/core';
import { AccountEntity } from '../account/account.entity.js';

/** The right to set a new password without the old one: one an account, used once. */
export const PasswordResetEntity = defineEntity({
  name: 'PasswordReset',
  tableName: 'password_resets',
  properties: {
    account: () => p.oneToOne(AccountEntity).primary().owner().deleteRule('cascade'),
    tokenHash: p.text().unique(),
    authVersion: p.integer(),
    /** The address that it was mailed to, which has to be the bound one still; null where it was handed over. */
    emailKey: p.text().nullable(),
    /** The address that an invitation was mailed to, and that using it binds; null elsewhere. */
    bindsEmail: p.text().nullable(),
    /** Wrong second factors that were tried with it. */
    attempts: p.integer().default(0),
    createdAt: p.datetime(),
    expiresAt: p.datetime().index(),
  },
});
