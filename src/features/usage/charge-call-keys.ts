import { sql } from 'kysely';
import type { EntityManager } from '../../database/connection/database.js';
import { toArrays } from '../../database/read/to-arrays.js';
import type { NewUsageLog } from './insert-usage-logs.js';

/**
 * Charges calls that were just recorded to their call keys, in one statement: what a key has used grows by the full
 * amount, and what it has left stops at 0, where it is EXHAUSTED. The keys are held already.
 */
export async function chargeCallKeys(em: EntityManager, logs: readonly NewUsageLog[]): Promise<void> {
  const charges = [...Map.groupBy(logs, ({ callKeyId }) => callKeyId)].map(([id, own]) => ({
    id,
    quota: own.reduce((sum, { quota }) => sum + quota, 0n),
  }));
  await sql`
    update call_keys set
      quota_used = quota_used + charge.quota,
      quota_left = case when quota_left is not null then greatest(quota_left - charge.quota, 0) end
    from unnest(${toArrays(charges, { id: 'uuid', quota: 'bigint' })}) as charge (id, quota)
    where call_keys.id = charge.id`.execute(em.getKysely());
}
