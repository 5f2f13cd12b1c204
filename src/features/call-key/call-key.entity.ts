import { defineEntity, p } from '@mikro-orm/core';
import { AccountEntity } from '../account/account.entity.js';

export const quotaPeriods = ['DAY', 'WEEK', 'MONTH'] as const;

/** How often a period quota renews. */
export type QuotaPeriod = (typeof quotaPeriods)[number];

/**
 * An `sk-` key for AI calls. Only the hash of its secret is stored. Active, expired and exhausted are derived
 * from the columns and the current time.
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
    {
      name: 'call_keys_period_with_quota_and_zone',
      expression:
        '(period is null) = (period_quota is null) and (period is null) = (period_time_zone is null) and (period is null) = (period_starts_at is null)',
    },
    {
      name: 'call_keys_period_quota_not_negative',
      expression: 'period_quota >= 0 and period_used >= 0 and previous_period_used >= 0',
    },
    {
      name: 'call_keys_limits_positive',
      expression: 'requests_per_minute_limit >= 1 and tokens_per_minute_limit >= 1',
    },
  ],
  properties: {
    id: p.uuid().primary(),
    account: () => p.manyToOne(AccountEntity).deleteRule('cascade'),
    name: p.text(),
    keyHash: p.text().unique(),
    /** The first eight and last four characters of the key, to recognize it. */
    hint: p.text(),
    /** The secret before a rotation, valid until its grace period ends. */
    oldKeyHash: p.text().nullable().unique(),
    oldKeyValidUntil: p.datetime().nullable(),
    disabled: p.boolean().default(false),
    expiresAt: p.datetime().nullable(),
    /** The models it may call; empty allows all. */
    models: p.string().array().columnType('text[]'),
    /** The ranges it may be used from, in canonical CIDR notation (RFC 4632, RFC 5952); empty allows any. */
    allowedIps: p.string().array().columnType('text[]'),
    /** The quota left; null means unlimited. */
    quotaLeft: p.bigint('bigint').nullable(),
    quotaUsed: p.bigint('bigint').default(0),
    /** How often `periodQuota` renews, at midnight of its zone; null if the key has none. */
    period: p.enum(quotaPeriods).nullable(),
    periodQuota: p.bigint('bigint').nullable(),
    periodTimeZone: p.text().nullable(),
    /** The latest period that was charged, and its charges. Another period has 0 unless it is the previous one. */
    periodStartsAt: p.datetime().nullable(),
    periodUsed: p.bigint('bigint').default(0),
    /** The period charged before the latest one, which may begin up to 5 minutes ahead (decision 048). */
    previousPeriodStartsAt: p.datetime().nullable(),
    previousPeriodUsed: p.bigint('bigint').default(0),
    /** The percentages of period quotas that the owner was warned of, each with its period. */
    periodWarnings: p.string().array().columnType('text[]').defaultRaw(`'{}'`),
    /** Limits per minute that the gateway enforces; null means none. */
    requestsPerMinuteLimit: p.integer().nullable(),
    tokensPerMinuteLimit: p.integer().nullable(),
    createdAt: p.datetime(),
    lastUsedAt: p.datetime().nullable(),
  },
});
