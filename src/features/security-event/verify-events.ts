import type { KeyRing } from '../../crypto/key-ring.js';
import type { Database, EntityManager } from '../../database/connection/database.js';
import { longTransaction } from '../../database/connection/long-transaction.js';
import { verifyEventSignature, eventDigest } from './event-digest.js';
import { EventSealEntity } from './event-seal.entity.js';
import { verifySealSignature, NO_PREVIOUS_HASH, sealHash, formatSeal, type SealFields } from './event-seal.js';
import { FIRST_ID, readEvents, readUnsealed, type SignedEvent } from './read-events.js';

/** A sign of tampering. `seal` is the number of a seal; `event` and `movedTo` are IDs of events. */
export type Fault =
  | { readonly kind: 'EVENT_CHANGED' | 'EVENT_REMOVED'; readonly event: string; readonly seal: number }
  | { readonly kind: 'EVENT_MOVED'; readonly event: string; readonly movedTo: string; readonly seal: number }
  | { readonly kind: 'EVENT_INSERTED' | 'EVENT_KEY_MISSING'; readonly event: string }
  | {
      readonly kind: 'SEAL_REMOVED' | 'SEAL_CHANGED' | 'SEAL_KEY_MISSING' | 'SEAL_CUT' | 'SEAL_DIFFERS';
      readonly seal: number;
    };

/** The result of a full verification. */
export interface Verification {
  /** In chain order, at most {@link MAXIMUM_FAULTS}. */
  readonly faults: readonly Fault[];
  readonly seals: number;
  readonly sealedEvents: number;
  /** Genuine events that no seal contains yet. */
  readonly unsealedEvents: number;
  /** The newest seal as logged; null if there is none. */
  readonly lastSeal: string | null;
}

/** A seal from the log. */
export interface LoggedSeal {
  readonly number: number;
  readonly hash: string;
}

interface Seal extends SealFields {
  readonly hash: string;
  readonly mac: string;
}

/** Maximum number of faults to report, which bounds the memory of a verification. */
export const MAXIMUM_FAULTS = 100;

const SEALS_PER_PAGE = 10;
const EVENTS_PER_PAGE = 1_000;

/**
 * Verifies every security event against the chain of seals: links, seal signatures, sealed events, and the
 * signatures of unsealed events. It can run while servers are running, and has no time limit.
 *
 * @param loggedSeal the last seal in the log; without it, the deletion of the newest events together with their seals
 * can't be detected
 */
export const verifyEvents = (database: Database, keys: KeyRing, loggedSeal: LoggedSeal | null): Promise<Verification> =>
  longTransaction(
    database,
    async (em) => {
      const { unverified, unsealedEvents } = await verifyUnsealed(em, keys);
      const faults: Fault[] = [];
      let [seals, sealedEvents, last] = [0, 0, null as Seal | null];
      for await (const seal of readSeals(em)) {
        faults.push(...verifySeal(keys, seal, last, loggedSeal), ...(await verifySealedEvents(em, seal, unverified)));
        [seals, sealedEvents, last] = [seals + 1, sealedEvents + seal.eventIds.length, seal];
        if (faults.length >= MAXIMUM_FAULTS) break;
      }
      if (loggedSeal && loggedSeal.number > (last?.number ?? 0))
        faults.push({ kind: 'SEAL_CUT', seal: loggedSeal.number });
      for (const { id, keyMissing } of unverified.values())
        faults.push({ kind: keyMissing ? 'EVENT_KEY_MISSING' : 'EVENT_INSERTED', event: id });
      return {
        faults: faults.slice(0, MAXIMUM_FAULTS),
        seals,
        sealedEvents,
        unsealedEvents,
        lastSeal: last && formatSeal(last),
      };
    },
    { readOnly: true },
  );

/** Events without a genuine signature, by ID. */
type UnverifiedEvents = Map<string, SignedEvent & { readonly keyMissing: boolean }>;

/** Counts the unsealed events with a genuine signature, and collects those without one. */
async function verifyUnsealed(
  em: EntityManager,
  keys: KeyRing,
): Promise<{ unverified: UnverifiedEvents; unsealedEvents: number }> {
  const unverified: UnverifiedEvents = new Map();
  const acceptsUnsigned = (await em.count(EventSealEntity, { complete: true })) === 0;
  let [unsealedEvents, after] = [0, FIRST_ID];
  let page: readonly SignedEvent[];
  do {
    page = await readUnsealed(em, { from: FIRST_ID, after, limit: EVENTS_PER_PAGE });
    for (const event of page) {
      const authenticity = verifyEventSignature(keys, event);
      if (authenticity === 'genuine' || (authenticity === 'unsigned' && acceptsUnsigned)) unsealedEvents += 1;
      else unverified.set(event.id, { ...event, keyMissing: authenticity === 'key missing' });
    }
    after = page.at(-1)?.id ?? after;
  } while (page.length === EVENTS_PER_PAGE && unverified.size < MAXIMUM_FAULTS);
  return { unverified, unsealedEvents };
}

async function* readSeals(em: EntityManager): AsyncGenerator<Seal> {
  let page: readonly Seal[] = [];
  do {
    page = await em.find(
      EventSealEntity,
      { number: { $gt: page.at(-1)?.number ?? 0 } },
      { orderBy: { number: 'asc' }, limit: SEALS_PER_PAGE, disableIdentityMap: true },
    );
    yield* page;
  } while (page.length === SEALS_PER_PAGE);
}

function verifySeal(keys: KeyRing, seal: Seal, previous: Seal | null, loggedSeal: LoggedSeal | null): Fault[] {
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

async function verifySealedEvents(
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
