import {
  authenticationCode,
  checkAuthenticationCode,
  computeDigest,
  type Authenticity,
} from '../../crypto/message-authentication.js';
import type { KeyRing } from '../../crypto/key-ring.js';

/** All fields of an event. Removing one would invalidate existing seals, which sign the digest of all fields. */
export interface EventFields {
  readonly id: string;
  /** Microseconds since 1970, as the database stores them; a `Date` would drop the last three digits. */
  readonly atMicros: string;
  readonly type: string;
  readonly outcome: string;
  readonly accountId: string | null;
  readonly actorId: string | null;
  readonly sessionId: string | null;
  readonly accessTokenId: string | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly requestId: string;
  readonly traceId: string | null;
  readonly reason: string | null;
  readonly detail: string | null;
}

const MICROS_PER_MILLISECOND = 1_000n;

/** A timestamp in microseconds since 1970. */
export const toMicros = (at: Date): string => String(BigInt(at.getTime()) * MICROS_PER_MILLISECOND);

/** The database stores lone surrogates as U+FFFD. */
const toStoredText = (text: string | null) => text?.toWellFormed() ?? null;

/** The digest of an event, which changes with any field. */
export const eventDigest = (event: EventFields): string =>
  computeDigest([
    'event 1',
    event.id,
    event.atMicros,
    event.type,
    event.outcome,
    event.accountId,
    event.actorId,
    event.sessionId,
    toStoredText(event.ip),
    toStoredText(event.userAgent),
    toStoredText(event.requestId),
    toStoredText(event.reason),
    toStoredText(event.detail),
    ...laterFields(event),
  ]);

/** The fields that were added later. Events without them keep the digest that they had before. */
function laterFields({ accessTokenId, traceId }: EventFields): (string | null)[] {
  if (traceId !== null) return [accessTokenId, traceId];
  return accessTokenId === null ? [] : [accessTokenId];
}

/** Signs an event. Without the keys the signature can't be forged. */
export const signEvent = (keys: KeyRing, event: EventFields): string =>
  authenticationCode(keys, 'event-seal', 'event', eventDigest(event));

/**
 * Verifies an event's signature. An `unsigned` event was recorded before signatures existed, or was not written by
 * Postern.
 */
export const verifyEventSignature = (
  keys: KeyRing,
  event: EventFields & { readonly mac: string | null },
): Authenticity | 'unsigned' =>
  event.mac === null ? 'unsigned' : checkAuthenticationCode(event.mac, keys, 'event-seal', 'event', eventDigest(event));
