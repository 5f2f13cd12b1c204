import { defineEntity, p } from '@mikro-orm/core';
import { AccountEntity } from '../account/account.entity.js';

/** What a challenge is for. An answer counts for nothing else. */
export const challengePurposes = ['REGISTER', 'SIGN_IN', 'SECOND_FACTOR', 'CONFIRM', 'RECOVER'] as const;

export type ChallengePurpose = (typeof challengePurposes)[number];

/** A challenge that waits for the answer of an authenticator. The row is deleted with the answer. */
export const PasskeyChallengeEntity = defineEntity({
  name: 'PasskeyChallenge',
  tableName: 'passkey_challenges',
  indexes: [{ properties: ['expiresAt'] }],
  properties: {
    /** The SHA-256 of the challenge. */
    challengeHash: p.text().primary(),
    purpose: p.enum(challengePurposes),
    /** Null for a sign-in, which names no account. */
    account: () => p.manyToOne(AccountEntity).deleteRule('cascade').nullable().index(),
    /** The account's `authVersion`; null for a sign-in. */
    authVersion: p.integer().nullable(),
    /** The session, the sign-in challenge or the hash of the reset token that it belongs to; null for a sign-in. */
    boundTo: p.text().nullable(),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
  },
});
