import { defineEntity, p } from '@mikro-orm/core';
import { AccountEntity } from '../account/account.entity.js';
import { SessionEntity } from '../session/session.entity.js';

/**
 * A pending second factor, which isn't required or accepted yet. It becomes invalid with its session, when the
 * account's `authVersion` is raised, and when it expires. At most one per account.
 */
export const TwoFactorEnrolmentEntity = defineEntity({
  name: 'TwoFactorEnrolment',
  tableName: 'two_factor_enrolments',
  properties: {
    account: () => p.oneToOne(AccountEntity).primary().owner().deleteRule('cascade'),
    /** Changes with each start, so that only the enrolment that was verified is consumed. */
    id: p.uuid(),
    session: () => p.manyToOne(SessionEntity).deleteRule('cascade').index(),
    authVersion: p.integer(),
    /** The secret of the authenticator app, encrypted for this row. */
    secretCiphertext: p.text(),
    attempts: p.integer().default(0),
    createdAt: p.datetime(),
    expiresAt: p.datetime().index(),
  },
});
