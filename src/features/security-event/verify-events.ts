import { IsolationLevel } from '@mikro-orm/core';
import type { KeyRing } from '../../crypto/key-ring.js';
import type { Database, EntityManager } from '../../database/connection/database.js';
import { longTransaction } from '../../database/connection/long-transaction.js';
import { verifyEventSignature } from './event-digest.js';
import { EventSealEntity } from './event-seal.entity.js';
import { formatSeal } from './event-seal.js';
import { FIRST_ID, readUnsealed, type SignedEvent } from './read-events.js';
import { readAnchor } from './retention/event-anchor.js';
import {
  MAXIMUM_FAULTS,
  verifySeal,
  verifySealedEvents,
  type Fault,
  type LoggedSeal,
  type PreviousSeal,
  type Seal,
  type UnverifiedEvents,
} from './verify-seal.js';
import { verifyStart } from './verify-start.js';

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
  /** When the last seal was made that retention deleted, with all before it; null if it deleted none. */
  readonly deletedThrough: Date | null;
}

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
      const anchor = await readAnchor(em);
      const faults: Fault[] = anchor ? verifyStart(keys, anchor, loggedSeal) : [];
      let [seals, sealedEvents, last] = [0, 0, anchor as PreviousSeal | null];
      for await (const seal of readSeals(em)) {
        faults.push(...verifySeal(keys, seal, last, loggedSeal), ...(await verifySealedEvents(em, seal, unverified)));
        [seals, sealedEvents, last] = [seals + 1, sealedEvents + seal.eventIds.length, seal];
        if (faults.length >= MAXIMUM_FAULTS) break;
      }
      // Retention keeps the newest seals.
      if (anchor && seals === 0) faults.push({ kind: 'SEAL_REMOVED', seal: anchor.number + 1 });
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
        deletedThrough: anchor?.sealedAt ?? null,
      };
    },
    // Retention may delete the first seals meanwhile.
    { readOnly: true, isolationLevel: IsolationLevel.REPEATABLE_READ },
  );

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
