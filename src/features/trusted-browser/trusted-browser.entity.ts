import { defineEntity, p } from '@mikro-orm/core';
import { AccountEntity } from '../account/account.entity.js';

/**
 * A browser in which a user skips the second factor after a correct password. It is no credential: it replaces neither
 * the password nor a confirmation.
 */
export const TrustedBrowserEntity = defineEntity({
  name: 'TrustedBrowser',
  tableName: 'trusted_browsers',
  properties: {
    id: p.uuid().primary(),
    account: () => p.manyToOne(AccountEntity).deleteRule('cascade').index(),
    tokenHash: p.text().unique(),
    /** The account's `authVersion` when trust was given. Raising it ends the trust. */
    authVersion: p.integer(),
    createdAt: p.datetime(),
    /** When it last replaced the second factor, or was given. */
    lastUsedAt: p.datetime(),
    /** Fixed when trust is given; use does not extend it. */
    expiresAt: p.datetime().index(),
    ip: p.text().nullable(),
    userAgent: p.text().nullable(),
  },
});
