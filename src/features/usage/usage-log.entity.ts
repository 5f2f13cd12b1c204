import { defineEntity, p } from '@mikro-orm/core';

const usageTypes = ['CONSUME', 'ERROR'] as const;

/** Whether an AI call succeeded or failed. */
export type UsageType = (typeof usageTypes)[number];

/**
 * An AI call as reported by the gateway. Partitioned by month on its ID, which is derived from time, call key and
 * request ID, so that a call is recorded only once. It has no foreign keys, because it is kept after its key or account
 * is deleted (docs/decisions/018-usage-log-partitions.md).
 */
export const UsageLogEntity = defineEntity({
  name: 'UsageLog',
  tableName: 'usage_logs',
  indexes: [
    { properties: ['accountId', 'id'] },
    { properties: ['accountId', 'model', 'id'] },
    { properties: ['callKeyId', 'id'] },
    { properties: ['model', 'id'] },
    { properties: ['requestId', 'id'] },
    { name: 'usage_logs_errors_account_id_id_index', properties: ['accountId', 'id'], where: "type = 'ERROR'" },
    { name: 'usage_logs_errors_id_index', properties: ['id'], where: "type = 'ERROR'" },
  ],
  checks: [
    {
      name: 'usage_logs_amounts_not_negative',
      expression: 'prompt_tokens >= 0 and completion_tokens >= 0 and quota >= 0 and latency_ms >= 0',
    },
  ],
  properties: {
    id: p.uuid().primary(),
    at: p.datetime(),
    accountId: p.uuid(),
    callKeyId: p.uuid(),
    /** The name of the key when the call was recorded; it stays after the key is deleted. */
    callKeyName: p.text(),
    type: p.enum(usageTypes),
    model: p.text(),
    promptTokens: p.integer(),
    completionTokens: p.integer(),
    quota: p.bigint('bigint'),
    latencyMs: p.integer().nullable(),
    requestId: p.text(),
    ip: p.text().nullable(),
  },
});
