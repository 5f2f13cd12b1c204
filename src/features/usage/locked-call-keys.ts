import { sql } from 'kysely';
import type { EntityManager } from '../../database/connection/database.js';
import { idToBytes } from '../../database/connection/id.js';
import type { Tables } from '../../database/read/select.js';
import { toArrays } from '../../database/read/to-arrays.js';
import type { NewUsageLog } from './insert-usage-logs.js';
import type { UsageEntry } from './usage-entry.js';

/** The call key fields that a usage log stores. */
export interface LockedCallKey {
  readonly id: string;
  /** The ID as bytes, for the IDs of its logs. */
  readonly idBytes: Uint8Array;
  readonly accountId: string;
  readonly name: string;
}

/**
 * Locks the call keys of the entries until the transaction ends, so that concurrent batches with the same key see each
 * other's logs. Includes recently deleted keys, whose calls are logged and counted, but not charged.
 */
export async function lockCallKeys(
  em: EntityManager,
  entries: readonly UsageEntry[],
): Promise<ReadonlyMap<string | null, LockedCallKey>> {
  const ids = [...new Set(entries.flatMap(({ callKeyId }) => callKeyId ?? []))];
  const activeKeys = await lockRows(em, 'call_keys', ids);
  const activeIds = new Set(activeKeys.map(({ id }) => id));
  const missing = ids.filter((id) => !activeIds.has(id));
  // Also finds keys that were deleted while the statement above waited for their lock.
  const deletedKeys = missing.length > 0 ? await lockRows(em, 'deleted_call_keys', missing) : [];
  return new Map([...activeKeys, ...deletedKeys].map((key) => [key.id, { ...key, idBytes: idToBytes(key.id) }]));
}

const lockRows = (em: EntityManager, table: 'call_keys' | 'deleted_call_keys', ids: readonly string[]) =>
  em
    .getKysely<Tables>()
    .selectFrom(table)
    .where(({ eb, val }) => eb('id', '=', sql<string>`any(${val(ids)}::uuid[])`))
    .select(['id', 'account_id as accountId', 'name'])
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();

/**
 * Charges recorded calls to their locked call keys in one statement. The used quota increases by the full amount. The
 * remaining quota stops at 0, which makes the key EXHAUSTED.
 */
export async function chargeCallKeys(em: EntityManager, logs: readonly NewUsageLog[]): Promise<void> {
  const charges = [...Map.groupBy(logs, ({ callKeyId }) => callKeyId)].map(([id, keyLogs]) => ({
    id,
    quota: keyLogs.reduce((sum, { quota }) => sum + quota, 0n),
  }));
  await sql`
    update call_keys set
      quota_used = quota_used + charge.quota,
      quota_left = case when quota_left is not null then greatest(quota_left - charge.quota, 0) end
    from unnest(${toArrays(charges, { id: 'uuid', quota: 'bigint' })}) as charge (id, quota)
    where call_keys.id = charge.id`.execute(em.getKysely());
}
