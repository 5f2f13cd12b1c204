import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

const roles = ['USER', 'ADMIN', 'ROOT', 'SERVICE'] as const;
const accountStatuses = ['ACTIVE', 'DISABLED', 'DELETED'] as const;

export type Role = (typeof roles)[number];
export type AccountStatus = (typeof accountStatuses)[number];

/** A person, or a gateway's machine account (role SERVICE). */
export const AccountEntity = defineEntity({
  name: 'Account',
  tableName: 'accounts',
  properties: {
    id: p.uuid().primary(),
    /** In its canonical form, so that one index holds uniqueness, sign-in and reservation. */
    username: p.text().unique(),
    role: p.enum(roles),
    status: p.enum(accountStatuses),
    /** An Argon2id PHC string; null for who cannot sign in with a password. */
    passwordHash: p.text().nullable(),
    /** Raised by every change after which what was issued before must not work any more. */
    authVersion: p.integer().default(1),
    createdAt: p.datetime(),
    passwordChangedAt: p.datetime().nullable(),
    usernameChangedAt: p.datetime().nullable(),
    lastLoginAt: p.datetime().nullable(),
  },
});

export type Account = InferEntity<typeof AccountEntity>;
