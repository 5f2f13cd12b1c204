import { isCallKey } from '../../crypto/call-key.js';
import { hashToken } from '../../crypto/token.js';
import type { RuleContext } from '../../rules/context.js';
import { addressOfNode, isInRanges } from '../../net/ip-address.js';
import { findCallKeyBySecret, type CallKeyRow } from './find-call-keys.js';
import { isSafeText } from '../../text/safe-text.js';
import { quotaPeriodAt, usedInPeriod } from './quota-period.js';

export type CallKeyRefusal =
  | 'UNKNOWN'
  | 'OWNER_DISABLED'
  | 'DISABLED'
  | 'EXPIRED'
  | 'EXHAUSTED'
  | 'PERIOD_EXHAUSTED'
  | 'MODEL_NOT_ALLOWED'
  | 'IP_NOT_ALLOWED';

/** A call to be made with a key. */
export interface Call {
  readonly key: string;
  /** Null if the call has no model. */
  readonly model: string | null;
  /** The client's address, if the gateway knows it. */
  readonly ip: string | null;
}

/** Whether the call is allowed, and its key; null if the secret is unknown. */
export interface CallKeyVerification {
  readonly callKey: CallKeyRow | null;
  /** Null if the call is allowed. */
  readonly refusal: CallKeyRefusal | null;
  /** When a refused call will be allowed; null if it won't be without a change, or if the key expires first. */
  readonly validFrom: Date | null;
}

const unknownKey: CallKeyVerification = { callKey: null, refusal: 'UNKNOWN', validFrom: null };

type CallKeyWithOwner = Awaited<ReturnType<typeof findCallKeyBySecret>>[number];

/**
 * Checks whether a key allows a call now, with one query. A key restricted to models or addresses rejects calls without
 * one. A model name that a usage log can't store is also rejected, because the call couldn't be charged.
 */
export async function verifyCallKey(
  { reader, now, callKeyUses }: Pick<RuleContext, 'reader' | 'now' | 'callKeyUses'>,
  call: Call,
): Promise<CallKeyVerification> {
  if (!isCallKey(call.key)) return unknownKey;
  const [callKey] = await findCallKeyBySecret(reader, { keyHash: hashToken(call.key), now });
  if (!callKey) return unknownKey;
  const refusal = findRefusal(callKey, call, now);
  if (refusal === null) callKeyUses.record(callKey.id, now);
  return { callKey, refusal, validFrom: refusal === 'PERIOD_EXHAUSTED' ? findValidFrom(callKey, call, now) : null };
}

function findRefusal(callKey: CallKeyWithOwner, call: Call, now: Date): CallKeyRefusal | null {
  if (callKey.ownerStatus !== 'ACTIVE') return 'OWNER_DISABLED';
  if (callKey.status !== 'ACTIVE') return callKey.status;
  return isPeriodExhausted(callKey, now) ? 'PERIOD_EXHAUSTED' : findCallRefusal(callKey, call);
}

/** Why a key never makes this call, at any time. */
function findCallRefusal({ models, allowedIps }: CallKeyWithOwner, { model, ip }: Call): CallKeyRefusal | null {
  if (model !== null && !isSafeText(model)) return 'MODEL_NOT_ALLOWED';
  if (models.length > 0 && !models.includes(model ?? '')) return 'MODEL_NOT_ALLOWED';
  if (allowedIps.length > 0 && !isInRanges(allowedIps, addressOfNode(ip))) return 'IP_NOT_ALLOWED';
  return null;
}

function isPeriodExhausted(callKey: CallKeyWithOwner, time: Date): boolean {
  const current = quotaPeriodAt(callKey, time);
  return current !== null && usedInPeriod(callKey, current.from) >= (callKey.periodQuota ?? 0n);
}

/** When a key with an exhausted period makes this call. Early calls may have exhausted the next period, too. */
function findValidFrom(callKey: CallKeyWithOwner, call: Call, now: Date): Date | null {
  if (callKey.periodQuota === 0n || findCallRefusal(callKey, call) !== null) return null;
  let time = now;
  while (isPeriodExhausted(callKey, time)) time = quotaPeriodAt(callKey, time)?.to ?? time;
  return callKey.expiresAt === null || time < callKey.expiresAt ? time : null;
}
