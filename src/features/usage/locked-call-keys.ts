import { sql } from 'kysely';
import type { EntityManager } from '../../database/connection/database.js';
import { idToBytes } from '../../database/connection/id.js';
import type { Tables } from '../../database/read/select.js';
import { periodColumns } from '../call-key/quota-period.js';
import type { UsageEntry } from './usage-entry.js';

/** The quotas of a call key before a batch is charged, and what its owner is warned of. */
export type Quotas = Awaited<ReturnType<typeof lockActiveKeys>>[number];

/** The call key fields that a usage log stores, and the quotas to charge. */
export interface LockedCallKey {
  readonly id: string;
  /** The ID as bytes, for the IDs of its logs. */
  readonly idBytes: Uint8Array;
  readonly accountId: string;
  readonly name: string;
  /** Null for a deleted key, which is not charged. */
  readonly quotas: Quotas | null;
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
  const activeKeys = await lockActiveKeys(em, ids);
  const activeIds = new Set(activeKeys.map(({ id }) => id));
  const missing = ids.filter((id) => !activeIds.has(id));
  // Also finds keys that were deleted while the statement above waited for their lock.
  const deletedKeys = missing.length > 0 ? await lockDeletedKeys(em, missing) : [];
  return new Map([
    ...activeKeys.map((quotas) => toLockedKey(quotas, quotas)),
    ...deletedKeys.map((key) => toLockedKey(key, null)),
  ]);
}

const toLockedKey = (
  { id, accountId, name }: Pick<LockedCallKey, 'id' | 'accountId' | 'name'>,
  quotas: Quotas | null,
): [id: string, key: LockedCallKey] => [id, { id, idBytes: idToBytes(id), accountId, name, quotas }];

/** Only the percentages of a key with a quota are read, so that other keys cost nothing. */
const lockActiveKeys = (em: EntityManager, ids: readonly string[]) =>
  em
    .getKysely<Tables>()
    .selectFrom('call_keys')
    .where(({ eb, val }) => eb('id', '=', sql<string>`any(${val(ids)}::uuid[])`))
    .select([
      'id',
      'account_id as accountId',
      'name',
      'hint',
      'quota_left as quotaLeft',
      'quota_used as quotaUsed',
      ...periodColumns,
      'period_warnings as periodWarnings',
      sql<number[]>`case when quota_left > 0 or period is not null
        then (select usage_warnings from accounts where accounts.id = call_keys.account_id) else '{}' end`.as(
        'percentages',
      ),
    ])
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();

const lockDeletedKeys = (em: EntityManager, ids: readonly string[]) =>
  em
    .getKysely<Tables>()
    .selectFrom('deleted_call_keys')
    .where(({ eb, val }) => eb('id', '=', sql<string>`any(${val(ids)}::uuid[])`))
    .select(['id', 'account_id as accountId', 'name'])
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
