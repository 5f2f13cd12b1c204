import type { RuleContext } from '../../rules/context.js';
import { transaction } from '../../rules/transaction.js';
import type { AnyViewer } from '../../rules/viewer.js';
import { canonicalAddress } from '../../net/ip-address.js';
import { addToTotals } from './add-to-totals.js';
import { chargeCallKeys, holdCallKeys, type HeldCallKey } from './held-call-keys.js';
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
    const valid: NewUsageLog[] = [];
    const rejected: RecordedUsage['rejected'] = [];
    for (const [index, entry] of entries.entries()) {
      const log = logOf(entry, callKeys.get(entry.callKeyId), now);
      if (typeof log === 'string') rejected.push({ index, requestId: entry.requestId, code: log });
      else valid.push(log);
    }
    const recorded = await insertUsageLogs(em, valid);
    await chargeCallKeys(em, recorded);
    await addToTotals(em, recorded);
    return { recorded: recorded.length, duplicates: valid.length - recorded.length, rejected };
  });
}

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
