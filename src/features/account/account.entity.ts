import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { roles } from '../../rules/role.js';
import { locales } from '../../text/locale.js';

const accountStatuses = ['ACTIVE', 'DISABLED', 'DELETED'] as const;

export type AccountStatus = (typeof accountStatuses)[number];

/** A user's account, or a gateway's service account (role SERVICE). */
export const AccountEntity = defineEntity({
  name: 'Account',
  tableName: 'accounts',
  checks: [
    { name: 'accounts_email_with_key', expression: '(email is null) = (email_key is null)' },
    {
      name: 'accounts_deleted_with_moment',
      expression:
        "(status = 'DELETED') = (deleted_at is not null) and (status = 'DELETED') = (status_before_deletion is not null)",
    },
    {
      name: 'accounts_erased_without_person',
      expression: "erased_at is null or (status = 'DELETED' and email is null and password_hash is null)",
    },
    {
      name: 'accounts_service_with_scopes',
      expression: "(role = 'SERVICE') = (service_scopes is not null) and cardinality(service_scopes) > 0",
    },
  ],
  // Indexes for the order, filters and search of user lists (docs/decisions/016-user-search.md).
  indexes: [
    {
      name: 'accounts_by_creation',
      expression: 'create index accounts_by_creation on accounts (created_at, id) where erased_at is null',
    },
    {
      name: 'accounts_by_last_sign_in',
      expression:
        "create index accounts_by_last_sign_in on accounts (coalesce(last_login_at, timestamptz 'epoch'), id) where erased_at is null",
    },
    {
      name: 'accounts_of_rare_role',
      expression: "create index accounts_of_rare_role on accounts (role, created_at, id) where role <> 'USER'",
    },
    {
      name: 'accounts_of_rare_status',
      expression: "create index accounts_of_rare_status on accounts (status, created_at, id) where status <> 'ACTIVE'",
    },
    {
      name: 'accounts_search',
      expression: 'create index accounts_search on accounts using gin (username gin_trgm_ops, email_key gin_trgm_ops)',
    },
  ],
  properties: {
    id: p.uuid().primary(),
    /** In canonical form, so one index serves uniqueness, sign-in and reservation. */
    username: p.text().unique(),
    role: p.enum(roles),
    status: p.enum(accountStatuses),
    /** What the token of a service account may do; null for users. */
    serviceScopes: p.string().array().columnType('text[]').nullable(),
    /**
     * An Argon2id PHC string, or until the next sign-in an imported hash. Null if the account can't sign in with a
     * password.
     */
    passwordHash: p.text().nullable(),
    /** Encrypted: whether the password was easy to guess at the last sign-in. Null if it hasn't been checked. */
    passwordNoteCiphertext: p.text().nullable(),
    /** Incremented by every change that invalidates previously issued sessions, tokens and challenges. */
    authVersion: p.integer().default(1),
    /** The bound address as used for sending; null until one is bound. It is always verified. */
    email: p.text().nullable(),
    /** The address as used for comparison and lookup; one index enforces its uniqueness. */
    emailKey: p.text().nullable().unique(),
    /** Language of emails to the user; null until the first sign-in, or until the first password is set with a link. */
    locale: p.enum(locales).nullable(),
    /** The percentages of the quotas of call keys at which the user is warned, in order. */
    usageWarnings: p.integer().array().columnType('int[]').defaultRaw(`'{80,100}'`),
    createdAt: p.datetime(),
    passwordChangedAt: p.datetime().nullable(),
    usernameChangedAt: p.datetime().nullable(),
    lastLoginAt: p.datetime().nullable(),
    /** When the account was deleted. It can be restored until it is erased. */
    deletedAt: p.datetime().nullable(),
    /** Equals `deletedAt` if the owner deleted the account; otherwise it means nothing. */
    deletionRequestedAt: p.datetime().nullable(),
    statusBeforeDeletion: p.enum(['ACTIVE', 'DISABLED'] as const).nullable(),
    /** When personal data was erased. The row stays because events refer to its ID. */
    erasedAt: p.datetime().nullable(),
  },
});

export type Account = InferEntity<typeof AccountEntity>;
