import { defineEntity, p } from '@mikro-orm/core';
import { AccountEntity } from '../account/account.entity.js';

/** A pending address and the code emailed to it; one per account. */
export const EmailVerificationEntity = defineEntity({
  name: 'EmailVerification',
  tableName: 'email_verifications',
  properties: {
    account: () => p.oneToOne(AccountEntity).primary().owner().deleteRule('cascade'),
    /** Identifies this request; the next request of the account gets a new ID. */
    id: p.uuid().unique(),
    authVersion: p.integer(),
    email: p.text(),
    emailKey: p.text(),
    /**
     * A keyed hash of account, address and code; null until the email is composed, and forever if no code may be sent.
     */
    codeHash: p.text().nullable(),
    attempts: p.integer().default(0),
    createdAt: p.datetime(),
    expiresAt: p.datetime().index(),
  },
});
