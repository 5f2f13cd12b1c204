import {
  authenticationCode,
  checkAuthenticationCode,
  digestOf,
  type Authenticity,
} from '../../crypto/message-authentication.js';
import type { KeyRing } from '../../crypto/key-ring.js';

/** Everything that an event says. What a seal vouches for is this, so an entry is never taken out of it. */
export interface EventFields {
  readonly id: string;
  /** In µs since 1970, as the database keeps it: a Date would lose the last three digits. */
  readonly atMicros: string;
  readonly type: string;
  readonly outcome: string;
  readonly accountId: string | null;
  readonly actorId: string | null;
  readonly sessionId: string | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly requestId: string;
  readonly reason: string | null;
  readonly detail: string | null;
}

const MICROS_PER_MILLISECOND = 1_000n;

/** A moment as the facts of an event have it. */
export const microsOf = (at: Date): string => String(BigInt(at.getTime()) * MICROS_PER_MILLISECOND);

/** A lone surrogate is stored as U+FFFD. */
const asStored = (text: string | null) => text?.toWellFormed() ?? null;

/** The digest of an event: another one for every change of any of its facts. */
export const eventDigest = (event: EventFields): string =>
  digestOf([
    'event 1',
    event.id,
    event.atMicros,
    event.type,
    event.outcome,
    event.accountId,
    event.actorId,
    event.sessionId,
    asStored(event.ip),
    asStored(event.userAgent),
    asStored(event.requestId),
    asStored(event.reason),
    asStored(event.detail),
  ]);

/** What shows that Postern wrote an event, and wrote it so: nobody makes it without the keys. */
export const signEvent = (keys: KeyRing, event: EventFields): string =>
  authenticationCode(keys, 'event-seal', 'event', eventDigest(event));

/** Whether Postern wrote an event. `unsigned` ones are from before events were signed, or somebody else's. */
export const checkEvent = (
  keys: KeyRing,
  event: EventFields & { readonly mac: string | null },
): Authenticity | 'unsigned' =>
  event.mac === null ? 'unsigned' : checkAuthenticationCode(event.mac, keys, 'event-seal', 'event', eventDigest(event));
