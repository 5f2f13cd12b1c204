import { defineEntity, p } from '@mikro-orm/core';
import { AccountEntity } from '../account/account.entity.js';
import { SessionEntity } from '../session/session.entity.js';

/**
 * A second factor that waits for the first code of its app. It gates nothing and proves nothing; it dies with its
 * session, with a change that raises the account's `authVersion`, and with time. An account has one at the most.
 */
export const TwoFactorEnrolmentEntity = defineEntity({
  name: 'TwoFactorEnrolment',
  tableName: 'two_factor_enrolments',
  properties: {
    account: () => p.oneToOne(AccountEntity).primary().owner().deleteRule('cascade'),
    /** Differs with each start, so that what was confirmed is what was looked at. */
    id: p.uuid(),
    session: () => p.manyToOne(SessionEntity).deleteRule('cascade').index(),
    authVersion: p.integer(),
    /** The secret of the authenticator app, sealed for this row. */
    secretCiphertext: p.text(),
    attempts: p.integer().default(0),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
  },
});
