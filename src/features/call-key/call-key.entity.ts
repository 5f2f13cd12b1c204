import { defineEntity, p } from '@mikro-orm/core';
import { AccountEntity } from '../account/account.entity.js';

/**
 * An `sk-` key with which a person’s programs make AI calls. Of its secret only the hash is kept; whether it is
 * active, expired or exhausted follows from the columns and the moment, and stands nowhere.
 */
export const CallKeyEntity = defineEntity({
  name: 'CallKey',
  tableName: 'call_keys',
  indexes: [{ properties: ['account', 'id'] }],
  checks: [
    { name: 'call_keys_name_length', expression: 'char_length(name) >= 1 and char_length(name) <= 64' },
    { name: 'call_keys_old_key_with_end', expression: '(old_key_hash is null) = (old_key_valid_until is null)' },
    { name: 'call_keys_old_key_is_another', expression: 'old_key_hash <> key_hash' },
    { name: 'call_keys_quota_not_negative', expression: 'quota_left >= 0 and quota_used >= 0' },
  ],
  properties: {
    id: p.uuid().primary(),
    account: () => p.manyToOne(AccountEntity).deleteRule('cascade'),
    name: p.text(),
    keyHash: p.text().unique(),
    /** The first eight characters of the key and the last four, to recognise it by. */
    hint: p.text(),
    /** The secret before a rotation, which works until its grace is over. */
    oldKeyHash: p.text().nullable().unique(),
    oldKeyValidUntil: p.datetime().nullable(),
    /** Whether its owner has switched it off. */
    disabled: p.boolean().default(false),
    expiresAt: p.datetime().nullable(),
    /** The models that it may call; empty: all. */
    models: p.string().array().columnType('text[]'),
    /** The ranges that it may be used from, in canonical CIDR notation (RFC 4632, RFC 5952); empty: anywhere. */
    allowedIps: p.string().array().columnType('text[]'),
    /** What is left to spend; null: no limit. */
    quotaLeft: p.bigint('bigint').nullable(),
    quotaUsed: p.bigint('bigint').default(0),
    createdAt: p.datetime(),
    lastUsedAt: p.datetime().nullable(),
  },
});
