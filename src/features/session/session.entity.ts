import { defineEntity, p } from '@mikro-orm/core';
import { AccountEntity } from '../account/account.entity.js';

/** A way to verify a user's identity. */
export type Factor = 'PASSWORD' | 'TOTP' | 'PASSKEY' | 'BACKUP_CODE';

/** A signed-in browser or client. It is valid while the account's `authVersion` is the one it was created with. */
export const SessionEntity = defineEntity({
  name: 'Session',
  tableName: 'sessions',
  properties: {
    id: p.uuid().primary(),
    account: () => p.manyToOne(AccountEntity).deleteRule('cascade').index(),
    tokenHash: p.text().unique(),
    /** The hash of the gate token, which is accepted by forward auth alone. */
    gateTokenHash: p.text().nullable().unique(),
    authVersion: p.integer(),
    factors: p.string().array().columnType('text[]'),
    /** The authentication methods of the factors (RFC 8176). */
    methods: p.string().array().columnType('text[]').defaultRaw(`'{}'`),
    createdAt: p.datetime(),
    lastSeenAt: p.datetime(),
    /** When the user last verified every enabled factor, which opens the step-up window. */
    steppedUpAt: p.datetime(),
    /** The trusted browser that replaced the second factor when the session was opened. */
    trustedBrowserId: p.uuid().nullable(),
    /** The idle timeout. */
    idleSeconds: p.integer(),
    /** Whether its cookie is kept when the browser closes. */
    remembered: p.boolean(),
    /** The end of its lifetime, which use doesn't extend. */
    expiresAt: p.datetime().index(),
    ip: p.text().nullable(),
    userAgent: p.text().nullable(),
  },
});
