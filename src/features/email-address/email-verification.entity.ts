import { defineEntity, p } from '@mikro-orm/core';
import { AccountEntity } from '../account/account.entity.js';

/** An address that a person wants to bind, and the code that was mailed there: one live an account. */
export const EmailVerificationEntity = defineEntity({
  name: 'EmailVerification',
  tableName: 'email_verifications',
  properties: {
    account: () => p.oneToOne(AccountEntity).primary().owner().deleteRule('cascade'),
    /** Names this request: the next one of the account gets another. */
    id: p.uuid().unique(),
    authVersion: p.integer(),
    email: p.text(),
    emailKey: p.text(),
    /**
     * A keyed hash of account, address and code; null until the mail is written, and for ever where no code may leave.
     */
    codeHash: p.text().nullable(),
    attempts: p.integer().default(0),
    createdAt: p.datetime(),
    expiresAt: p.datetime().index(),
  },
});
