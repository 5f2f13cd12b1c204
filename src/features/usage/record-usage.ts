import { sql } from 'kysely';
import type { EntityManager } from '../../database/connection/database.js';
import { toBytes } from '../../database/connection/id.js';
import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { transaction } from '../../rules/transaction.js';
import type { AnyViewer } from '../../rules/viewer.js';
import { canonicalAddress } from '../../net/ip-address.js';
import { addToTotals } from './add-to-totals.js';
import { chargeCallKeys } from './charge-call-keys.js';
import { insertUsageLogs, usageLogId, type NewUsageLog } from './insert-usage-logs.js';
import { rejectionOf, type UsageEntry, type UsageRejection } from './usage-entry.js';

/** What became of the entries of a batch. */
export interface RecordedUsage {
  readonly recorded: number;
  /** Entries of calls that were recorded before, or that stand in the batch twice. */
  readonly duplicates: number;
  /** Entries that were not recorded, by their places in the batch. */
  readonly rejected: { readonly index: number; readonly requestId: string; readonly code: UsageRejection }[];
}

/**
 * Records AI calls: each becomes a log, is charged to its call key and counted in the totals, in one transaction and
 * once, however often it is sent (docs/decisions/018-usage-log-partitions.md). What cannot be recorded is told apart,
 * and the rest counts. The statements are the same few whatever the number of entries, and each locks its rows in one
 * order, so that batches that overlap wait for each other and never deadlock.
 */
export async function recordUsage(
  context: RuleContext,
  gateway: AnyViewer,
  entries: readonly UsageEntry[],
): Promise<RecordedUsage> {
  return transaction(context, gateway, async ({ em, now }) => {
    const callKeys = await holdCallKeys(em, entries);
    const sound: NewUsageLog[] = [];
    const rejected: RecordedUsage['rejected'] = [];
    for (const [index, entry] of entries.entries()) {
      const log = logOf(entry, callKeys.get(entry.callKeyId), now);
      if (typeof log === 'string') rejected.push({ index, requestId: entry.requestId, code: log });
      else sound.push(log);
    }
    const recorded = await insertUsageLogs(em, sound);
    await chargeCallKeys(em, recorded);
    await addToTotals(em, recorded);
    return { recorded: recorded.length, duplicates: sound.length - recorded.length, rejected };
  });
}

/** A call key as far as a log keeps it. */
interface HeldCallKey {
  readonly id: string;
  /** The id as the ids of its logs are made of it. */
  readonly idBytes: Uint8Array;
  readonly accountId: string;
  readonly name: string;
}

/**
 * Holds the call keys of some entries until the transaction ends: batches of one key go one after the other, and each
 * sees those before it. Those that were deleted a while ago are among them: their calls are logged and counted, and
 * charged to nothing.
 */
async function holdCallKeys(
  em: EntityManager,
  entries: readonly UsageEntry[],
): Promise<ReadonlyMap<string | null, HeldCallKey>> {
  const ids = [...new Set(entries.flatMap(({ callKeyId }) => callKeyId ?? []))];
  const held = await hold(em, 'call_keys', ids);
  const there = new Set(held.map(({ id }) => id));
  const missing = ids.filter((id) => !there.has(id));
  // A key that was deleted while its row was waited for is among the deleted ones by now.
  const deleted = missing.length > 0 ? await hold(em, 'deleted_call_keys', missing) : [];
  return new Map([...held, ...deleted].map((key) => [key.id, { ...key, idBytes: toBytes(key.id) }]));
}

const hold = (em: EntityManager, table: 'call_keys' | 'deleted_call_keys', ids: readonly string[]) =>
  em
    .getKysely<Tables>()
    .selectFrom(table)
    .where(({ eb, val }) => eb('id', '=', sql<string>`any(${val(ids)}::uuid[])`))
    .select(['id', 'account_id as accountId', 'name'])
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();

function logOf(entry: UsageEntry, callKey: HeldCallKey | undefined, now: Date): NewUsageLog | UsageRejection {
  if (!callKey) return 'UNKNOWN_CALL_KEY';
  const { id: callKeyId, idBytes, accountId, name: callKeyName } = callKey;
  // An address may come from the caller's own headers: what is none is left out, so that nobody calls for nothing by
  // sending a bad one.
  return (
    rejectionOf(entry, now) ?? {
      ...entry,
      id: usageLogId(entry.at, idBytes, entry.requestId),
      ip: canonicalAddress(entry.ip),
      callKeyId,
      accountId,
      callKeyName,
    }
  );
}
