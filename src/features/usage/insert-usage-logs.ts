import { sql } from 'kysely';
import { hashName } from '../../crypto/name-hash.js';
import type { EntityManager } from '../../database/connection/database.js';
import { idFromHash } from '../../database/connection/id.js';
import { toArrays } from '../../database/read/to-arrays.js';
import type { UsageType } from './usage-log.entity.js';

/** A log to record. */
export interface NewUsageLog {
  readonly id: string;
  readonly at: Date;
  readonly accountId: string;
  readonly callKeyId: string;
  readonly callKeyName: string;
  readonly type: UsageType;
  readonly model: string;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly quota: bigint;
  readonly latencyMs: number | null;
  readonly requestId: string;
  readonly ip: string | null;
}

/**
 * Derives the ID of a call's log from its time, call key and request ID, so that a call sent again violates the primary
 * key (docs/decisions/018-usage-log-partitions.md).
 *
 * @param callKey the bytes of the key's ID, parsed once for all its calls
 */
export const usageLogId = (at: Date, callKey: Uint8Array, requestId: string): string =>
  idFromHash(at, hashName(callKey, requestId));

/** The columns of a log, in the order of the insert statement. */
const columns = {
  id: 'uuid',
  at: 'timestamptz',
  accountId: 'uuid',
  callKeyId: 'uuid',
  callKeyName: 'text',
  type: 'text',
  model: 'text',
  promptTokens: 'int',
  completionTokens: 'int',
  quota: 'bigint',
  latencyMs: 'int',
  requestId: 'text',
  ip: 'text',
} as const;

/**
 * Inserts any number of logs in one statement.
 *
 * @returns the logs that were new, each once
 */
export async function insertUsageLogs(em: EntityManager, logs: readonly NewUsageLog[]): Promise<NewUsageLog[]> {
  const byId = new Map<string, NewUsageLog>();
  for (const log of logs) if (!byId.has(log.id)) byId.set(log.id, log);
  const { rows } = await sql<{ id: string }>`
    insert into usage_logs (id, at, account_id, call_key_id, call_key_name, type, model, prompt_tokens, completion_tokens, quota, latency_ms, request_id, ip)
    select * from unnest(${toArrays([...byId.values()], columns)})
    order by 1
    on conflict (id) do nothing
    returning id`.execute(em.getKysely());
  return rows.flatMap(({ id }) => byId.get(id) ?? []);
}
