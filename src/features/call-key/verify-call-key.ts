import { isCallKey } from '../../crypto/call-key.js';
import { hashToken } from '../../crypto/token.js';
import type { RuleContext } from '../../rules/context.js';
import { isInRanges } from '../../net/ip-address.js';
import { findCallKeyBySecret, type CallKeyRow } from './find-call-keys.js';
import { isSafeText } from '../../text/safe-text.js';

/** Why a call key may not make a call. */
export type CallKeyRefusal =
  'UNKNOWN' | 'OWNER_DISABLED' | 'DISABLED' | 'EXPIRED' | 'EXHAUSTED' | 'MODEL_NOT_ALLOWED' | 'IP_NOT_ALLOWED';

/** A call that somebody wants to make with a key. */
export interface Call {
  readonly key: string;
  /** Null where the call is for no model. */
  readonly model: string | null;
  /** The address that it comes from, as far as the gateway knows. */
  readonly ip: string | null;
}

/** Whether a call may be made, and with which key; null where there is none of that secret. */
export interface CallKeyVerification {
  readonly callKey: CallKeyRow | null;
  /** Null where the call may be made. */
  readonly refusal: CallKeyRefusal | null;
}

type Found = Awaited<ReturnType<typeof findCallKeyBySecret>>[number];

/**
 * Whether a key may make a call now, in one statement, and none for what cannot be a key. A key that is kept to certain
 * models or addresses makes no call that names none, and no key one of a model that a log of it could not name: it
 * would be for nothing.
 */
export async function verifyCallKey(
  { reader, now, callKeyUses }: Pick<RuleContext, 'reader' | 'now' | 'callKeyUses'>,
  call: Call,
): Promise<CallKeyVerification> {
  if (!isCallKey(call.key)) return { callKey: null, refusal: 'UNKNOWN' };
  const [callKey] = await findCallKeyBySecret(reader, { keyHash: hashToken(call.key), now });
  if (!callKey) return { callKey: null, refusal: 'UNKNOWN' };
  const refusal = refusalFor(callKey, call);
  if (refusal === null) callKeyUses.record(callKey.id, now);
  return { callKey, refusal };
}

function refusalFor({ ownerStatus, status, models, allowedIps }: Found, { model, ip }: Call): CallKeyRefusal | null {
  if (ownerStatus !== 'ACTIVE') return 'OWNER_DISABLED';
  if (status !== 'ACTIVE') return status;
  if (model !== null && !isSafeText(model)) return 'MODEL_NOT_ALLOWED';
  if (models.length > 0 && !models.includes(model ?? '')) return 'MODEL_NOT_ALLOWED';
  if (allowedIps.length > 0 && !isInRanges(allowedIps, ip)) return 'IP_NOT_ALLOWED';
  return null;
}
