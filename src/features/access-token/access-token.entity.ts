import { defineEntity, p } from '@mikro-orm/core';
import { AccountEntity } from '../account/account.entity.js';

/**
 * A named token for a program, with scopes and an end. Only its hash is stored. Revoked tokens stay, because
 * events name them.
 */
export const AccessTokenEntity = defineEntity({
  name: 'AccessToken',
  tableName: 'access_tokens',
  indexes: [{ properties: ['account', 'id'] }],
  checks: [
    { name: 'access_tokens_name_length', expression: 'char_length(name) >= 1 and char_length(name) <= 64' },
    {
      name: 'access_tokens_old_token_with_end',
      expression: '(old_token_hash is null) = (old_token_valid_until is null)',
    },
    { name: 'access_tokens_old_token_is_another', expression: 'old_token_hash <> token_hash' },
  ],
  properties: {
    id: p.uuid().primary(),
    account: () => p.manyToOne(AccountEntity).deleteRule('cascade'),
    name: p.text(),
    tokenHash: p.text().unique(),
    /** The last four characters of the token. */
    hint: p.text(),
    /** The token before a rotation, valid until its grace period ends. */
    oldTokenHash: p.text().nullable().unique(),
    oldTokenValidUntil: p.datetime().nullable(),
    scopes: p.string().array().columnType('text[]'),
    /** The ranges it may be used from, in canonical CIDR notation; empty allows any. */
    allowedIps: p.string().array().columnType('text[]'),
    createdAt: p.datetime(),
    /** The lifetime at its creation or last rotation, which the next rotation repeats. */
    lifetimeSeconds: p.integer(),
    expiresAt: p.datetime().index(),
    revokedAt: p.datetime().nullable(),
    /** When its owner was reminded of this end. A rotation sets another one. */
    endRemindedAt: p.datetime().nullable(),
    lastUsedAt: p.datetime().nullable(),
    lastUsedIp: p.text().nullable(),
  },
});
