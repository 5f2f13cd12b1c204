import { days, minutes } from '../../duration.js';
import { isSafeText } from '../../text/safe-text.js';
import type { UsageType } from './usage-log.entity.js';

/** One AI call, as a gateway tells of it. */
export interface UsageEntry {
  /** Null where what was sent is no id of a call key. */
  readonly callKeyId: string | null;
  readonly at: Date;
  readonly type: UsageType;
  readonly model: string;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly quota: bigint;
  readonly latencyMs: number | null;
  /** Names the call among those of its key and time: an entry with the same is the same call. */
  readonly requestId: string;
  readonly ip: string | null;
}

/** Why an entry cannot be recorded. */
export type UsageRejection = 'UNKNOWN_CALL_KEY' | 'TIME_OUT_OF_RANGE' | 'INVALID_AMOUNT' | 'INVALID_VALUE';

/** How far a gateway's clock may be ahead (in ms). */
const LATEST_MS = minutes(5);
/** How late its entries may come (in ms). */
export const EARLIEST_MS = days(31);

/** The most that one call costs: so little of what 64 bits hold that no sum of them runs over. */
const MAXIMUM_QUOTA = 1_000_000_000_000n;

/** Why an entry cannot be recorded whatever its call key; null where nothing is wrong with it. */
export function rejectionOf(
  { at, promptTokens, completionTokens, quota, latencyMs, requestId, model }: UsageEntry,
  now: Date,
): UsageRejection | null {
  const lateMs = now.getTime() - at.getTime();
  if (lateMs < -LATEST_MS || lateMs > EARLIEST_MS) return 'TIME_OUT_OF_RANGE';
  if (promptTokens < 0 || completionTokens < 0 || quota < 0n || quota > MAXIMUM_QUOTA || (latencyMs ?? 0) < 0)
    return 'INVALID_AMOUNT';
  return isSafeText(requestId) && isSafeText(model) ? null : 'INVALID_VALUE';
}
