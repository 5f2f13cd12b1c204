import { isCallKey } from '../../crypto/call-key.js';
import { hashToken } from '../../crypto/token.js';
import type { RuleContext } from '../../rules/context.js';
import { addressOfNode, isInRanges } from '../../net/ip-address.js';
import { findCallKeyBySecret, type CallKeyRow } from './find-call-keys.js';
import { isSafeText } from '../../text/safe-text.js';

export type CallKeyRefusal =
  'UNKNOWN' | 'OWNER_DISABLED' | 'DISABLED' | 'EXPIRED' | 'EXHAUSTED' | 'MODEL_NOT_ALLOWED' | 'IP_NOT_ALLOWED';

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
}

type CallKeyWithOwner = Awaited<ReturnType<typeof findCallKeyBySecret>>[number];

/**
 * Checks whether a key allows a call now, with one query. A key restricted to models or addresses rejects calls without
 * one. A model name that a usage log can't store is also rejected, because the call couldn't be charged.
 */
export async function verifyCallKey(
  { reader, now, callKeyUses }: Pick<RuleContext, 'reader' | 'now' | 'callKeyUses'>,
  call: Call,
): Promise<CallKeyVerification> {
  if (!isCallKey(call.key)) return { callKey: null, refusal: 'UNKNOWN' };
  const [callKey] = await findCallKeyBySecret(reader, { keyHash: hashToken(call.key), now });
  if (!callKey) return { callKey: null, refusal: 'UNKNOWN' };
  const refusal = findRefusal(callKey, call);
  if (refusal === null) callKeyUses.record(callKey.id, now);
  return { callKey, refusal };
}

function findRefusal(
  { ownerStatus, status, models, allowedIps }: CallKeyWithOwner,
  { model, ip }: Call,
): CallKeyRefusal | null {
  if (ownerStatus !== 'ACTIVE') return 'OWNER_DISABLED';
  if (status !== 'ACTIVE') return status;
  if (model !== null && !isSafeText(model)) return 'MODEL_NOT_ALLOWED';
  if (models.length > 0 && !models.includes(model ?? '')) return 'MODEL_NOT_ALLOWED';
  if (allowedIps.length > 0 && !isInRanges(allowedIps, addressOfNode(ip))) return 'IP_NOT_ALLOWED';
  return null;
}
