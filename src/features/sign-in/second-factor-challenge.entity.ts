import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { AccountEntity } from '../account/account.entity.js';

/** The right to try the second factor, and nothing else, after a correct password with two-factor authentication on. */
export const SecondFactorChallengeEntity = defineEntity({
  name: 'SecondFactorChallenge',
  tableName: 'second_factor_challenges',
  properties: {
    id: p.uuid().primary(),
    account: () => p.manyToOne(AccountEntity).deleteRule('cascade').index(),
    tokenHash: p.text().unique(),
    authVersion: p.integer(),
    attempts: p.integer().default(0),
    rememberMe: p.boolean(),
    delivery: p.enum(['COOKIE', 'BEARER'] as const),
    createdAt: p.datetime(),
    expiresAt: p.datetime().index(),
    /** Whether the password came from a known device, a known network, or neither. */
    origin: p.enum(['DEVICE', 'NETWORK', 'UNKNOWN'] as const),
    /** The /24 or /48 of the address. */
    network: p.text().nullable(),
    ip: p.text().nullable(),
    userAgent: p.text().nullable(),
  },
});

export type Challenge = InferEntity<typeof SecondFactorChallengeEntity>;
