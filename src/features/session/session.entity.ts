import { defineEntity, p } from '@mikro-orm/core';
import { AccountEntity } from '../account/account.entity.js';

/** How somebody proves who they are. */
export type Factor = 'PASSWORD' | 'TOTP' | 'BACKUP_CODE';

/** One signed-in browser or client. It lives while its account's `authVersion` is the one that it was opened under. */
export const SessionEntity = defineEntity({
  name: 'Session',
  tableName: 'sessions',
  properties: {
    id: p.uuid().primary(),
    account: () => p.manyToOne(AccountEntity).deleteRule('cascade').index(),
    tokenHash: p.text().unique(),
    authVersion: p.integer(),
    factors: p.string().array().columnType('text[]'),
    createdAt: p.datetime(),
    lastSeenAt: p.datetime(),
    /** When the person last proved who they are, with every factor that is on; it opens the step-up window. */
    steppedUpAt: p.datetime(),
    /** The session ends when it was not used for so long … */
    idleSeconds: p.integer(),
    /** Whether its cookie outlives the browser. */
    remembered: p.boolean(),
    /** … and then, however much it is used. */
    expiresAt: p.datetime(),
    ip: p.text().nullable(),
    userAgent: p.text().nullable(),
  },
});
