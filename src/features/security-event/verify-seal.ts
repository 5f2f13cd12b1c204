import type { KeyRing } from '../../crypto/key-ring.js';
import type { EntityManager } from '../../database/connection/database.js';
import { eventDigest } from './event-digest.js';
import { verifySealSignature, NO_PREVIOUS_HASH, sealHash, type SealFields } from './event-seal.js';
import { readEvents, type SignedEvent } from './read-events.js';

/** A sign of tampering. `seal` is the number of a seal; `event` and `movedTo` are IDs of events. */
export type Fault =
  | { readonly kind: 'EVENT_CHANGED' | 'EVENT_REMOVED'; readonly event: string; readonly seal: number }
  | { readonly kind: 'EVENT_MOVED'; readonly event: string; readonly movedTo: string; readonly seal: number }
  | { readonly kind: 'EVENT_INSERTED' | 'EVENT_KEY_MISSING'; readonly event: string }
  | {
      readonly kind:
        | 'SEAL_REMOVED'
        | 'SEAL_CHANGED'
        | 'SEAL_KEY_MISSING'
        | 'SEAL_CUT'
        | 'SEAL_DIFFERS'
        | 'ANCHOR_CHANGED'
        | 'ANCHOR_KEY_MISSING';
      readonly seal: number;
    };

/** A seal from the log. */
export interface LoggedSeal {
  readonly number: number;
  readonly hash: string;
}

/** A seal as it is stored. */
export interface Seal extends SealFields {
  readonly hash: string;
  readonly mac: string;
}

/** Maximum number of faults to report, which bounds the memory of a verification. */
export const MAXIMUM_FAULTS = 100;

/** Events without a genuine signature, by ID. */
export type UnverifiedEvents = Map<string, SignedEvent & { readonly keyMissing: boolean }>;

/** The number and hash of the seal before another, which may be deleted. */
export type PreviousSeal = Pick<Seal, 'number' | 'hash'>;

/** Finds what is wrong with a seal: its code, its hash, and its place in the chain. */
export function verifySeal(
  keys: KeyRing,
  seal: Seal,
  previous: PreviousSeal | null,
  loggedSeal: LoggedSeal | null,
): Fault[] {
  const { number } = seal;
  const missing = Array.from({ length: number - (previous?.number ?? 0) - 1 }, (_, index) => number - 1 - index)
    .slice(0, MAXIMUM_FAULTS)
    .reverse();
  const isChained = missing.length > 0 || seal.previousHash === (previous?.hash ?? NO_PREVIOUS_HASH);
  const code = verifySealSignature(keys, seal);
  return [
    ...missing.map((missingNumber) => ({ kind: 'SEAL_REMOVED', seal: missingNumber }) as const),
    ...(!isChained || code === 'forged' || sealHash(seal) !== seal.hash
      ? [{ kind: 'SEAL_CHANGED', seal: number } as const]
      : []),
    ...(code === 'key missing' ? [{ kind: 'SEAL_KEY_MISSING', seal: number } as const] : []),
    ...(loggedSeal?.number === number && loggedSeal.hash !== seal.hash
      ? [{ kind: 'SEAL_DIFFERS', seal: number } as const]
      : []),
  ];
}

/** Finds events of a seal that were changed, removed or moved. */
export async function verifySealedEvents(
  em: EntityManager,
  { number: seal, eventIds, eventDigests }: Seal,
  unverified: UnverifiedEvents,
): Promise<Fault[]> {
  const events = await readEvents(em, eventIds);
  const digests = new Map(eventIds.map((id, index) => [id, eventDigests[index]]));
  return eventIds.flatMap((event): Fault[] => {
    const storedEvent = events.get(event);
    if (storedEvent && eventDigest(storedEvent) === digests.get(event)) return [];
    const movedTo = [...events.values(), ...unverified.values()].find(
      (candidate) => candidate.id !== event && eventDigest({ ...candidate, id: event }) === digests.get(event),
    )?.id;
    if (movedTo === undefined) return [{ kind: storedEvent ? 'EVENT_CHANGED' : 'EVENT_REMOVED', event, seal }];
    unverified.delete(movedTo);
    return [{ kind: 'EVENT_MOVED', event, movedTo, seal }];
  });
}
