import type { RuleContext } from '../../rules/context.js';
import { transaction } from '../../rules/transaction.js';
import type { Viewer } from '../../rules/viewer.js';
import { addressOfNode } from '../../net/ip-address.js';
import { addToTotals } from './add-to-totals.js';
import { chargeCallKeys } from './charge-call-keys.js';
import { lockCallKeys, type LockedCallKey } from './locked-call-keys.js';
import { insertUsageLogs, usageLogId, type NewUsageLog } from './insert-usage-logs.js';
import { findRejection, type UsageEntry, type UsageRejection } from './usage-entry.js';
import { warnOfUsage } from './warn-of-usage.js';

/** The result of recording a batch. */
export interface RecordedUsage {
  readonly recorded: number;
  /** Entries that were recorded before or repeat in the batch. */
  readonly duplicates: number;
  /** Entries that were not recorded, by index in the batch. */
  readonly rejected: { readonly index: number; readonly requestId: string; readonly code: UsageRejection }[];
}

/**
 * Records AI calls in one transaction: logs them, charges their call keys, warns their owners and adds to the totals
 * (docs/decisions/018-usage-log-partitions.md). Each call is recorded only once. Invalid entries are reported, and the
 * others recorded. Rows are locked in a fixed order, so that concurrent batches can't deadlock.
 */
export async function recordUsage(
  context: RuleContext,
  gateway: Viewer,
  entries: readonly UsageEntry[],
): Promise<RecordedUsage> {
  return transaction(context, gateway, async (context) => {
    const { em, now } = context;
    const callKeys = await lockCallKeys(em, entries);
    const valid: NewUsageLog[] = [];
    const rejected: RecordedUsage['rejected'] = [];
    for (const [index, entry] of entries.entries()) {
      const log = createLog(entry, callKeys.get(entry.callKeyId), now);
      if (typeof log === 'string') rejected.push({ index, requestId: entry.requestId, code: log });
      else valid.push(log);
    }
    const recorded = await insertUsageLogs(em, valid);
    await warnOfUsage(context, await chargeCallKeys(em, callKeys, recorded));
    await addToTotals(em, recorded);
    return { recorded: recorded.length, duplicates: valid.length - recorded.length, rejected };
  });
}

function createLog(entry: UsageEntry, callKey: LockedCallKey | undefined, now: Date): NewUsageLog | UsageRejection {
  if (!callKey) return 'UNKNOWN_CALL_KEY';
  const { id: callKeyId, idBytes, accountId, name: callKeyName } = callKey;
  // The address may come from a client's headers. Drop an invalid one instead of rejecting the entry, which would make
  // the call free.
  return (
    findRejection(entry, now) ?? {
      ...entry,
      id: usageLogId(entry.at, idBytes, entry.requestId),
      ip: addressOfNode(entry.ip),
      callKeyId,
      accountId,
      callKeyName,
    }
  );
}
