import { days, minutes } from '../../duration.js';
import { isSafeText } from '../../text/safe-text.js';
import type { UsageType } from './usage-log.entity.js';

/** An AI call as a gateway reports it. */
export interface UsageEntry {
  /** Null if the given ID is invalid. */
  readonly callKeyId: string | null;
  readonly at: Date;
  readonly type: UsageType;
  readonly model: string;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly quota: bigint;
  readonly latencyMs: number | null;
  /** Identifies the call together with its key and time. */
  readonly requestId: string;
  readonly ip: string | null;
}

export type UsageRejection = 'UNKNOWN_CALL_KEY' | 'TIME_OUT_OF_RANGE' | 'INVALID_AMOUNT' | 'INVALID_VALUE';

/** How far a gateway's clock may be ahead. */
const MAXIMUM_CLOCK_SKEW_MS = minutes(5);
/** Maximum age of a reported call. */
export const MAXIMUM_AGE_MS = days(31);

/** Maximum quota of one call, so that sums can't overflow 64 bits. */
const MAXIMUM_QUOTA = 1_000_000_000_000n;

/** Validates an entry, regardless of its call key; null if it is valid. */
export function findRejection(
  { at, promptTokens, completionTokens, quota, latencyMs, requestId, model }: UsageEntry,
  now: Date,
): UsageRejection | null {
  const lateMs = now.getTime() - at.getTime();
  if (lateMs < -MAXIMUM_CLOCK_SKEW_MS || lateMs > MAXIMUM_AGE_MS) return 'TIME_OUT_OF_RANGE';
  if (promptTokens < 0 || completionTokens < 0 || quota < 0n || quota > MAXIMUM_QUOTA || (latencyMs ?? 0) < 0)
    return 'INVALID_AMOUNT';
  return isSafeText(requestId) && isSafeText(model) ? null : 'INVALID_VALUE';
}
