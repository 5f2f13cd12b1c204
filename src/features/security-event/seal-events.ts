import { minutes } from '../../duration.js';
import type { KeyRing } from '../../crypto/key-ring.js';
import type { EntityManager } from '../../database/connection/database.js';
import { beforeIdsOf } from '../../database/connection/id.js';
import { withoutStatementTimeout } from '../../database/connection/without-statement-timeout.js';
import { checkEvent, eventDigest } from './event-digest.js';
import { EventSealEntity } from './event-seal.entity.js';
import { NO_PREVIOUS_HASH, sealCode, sealHash } from './event-seal.js';
import { FIRST_ID, readUnsealed, type SignedEvent } from './read-events.js';

/** Any number that nothing else in the database locks; it spells "seal". */
const SEAL_LOCK = 0x7365616c;

/** Events of one seal at the most. */
export const EVENTS_PER_SEAL = 1_000;

/**
 * How long after its moment an event may be committed and still be found by the next seal (in ms): many times what any
 * operation, statement or idle transaction may take, and room for clocks that differ. What comes later still is found
 * by a look at everything (`postern events seal`).
 */
export const SETTLING_MS = minutes(10);

/** How long the database may look for events of one seal (in ms); it is a moment, but for a look at everything. */
const MAXIMUM_LOOKBACK_MS = minutes(5);

/** A seal that was made. */
export interface NewSeal {
  readonly number: number;
  readonly hash: string;
  readonly events: number;
}

/** What a run of the sealer found. */
export interface Sealed {
  readonly seals: readonly NewSeal[];
  /** Events that Postern did not write, or not so. They are not sealed, and `postern events verify` names them. */
  readonly foreign: number;
}

/**
 * Seals the events that no seal names yet, in the order of their ids, with as many seals as it takes. Of several
 * instances one works at a time; the others find nothing to do.
 *
 * @param everything looks at all events, rather than at those since the last run
 */
export async function sealEvents(
  em: EntityManager,
  keys: KeyRing,
  clock: () => Date,
  everything = false,
): Promise<Sealed> {
  const seals: NewSeal[] = [];
  let [after, foreign, more] = [FIRST_ID, 0, true];
  while (more) {
    const batch = await withoutStatementTimeout(() =>
      em.transactional((transaction) => sealBatch(transaction, keys, clock(), after, everything)),
    );
    if (batch.seal) seals.push(batch.seal);
    after = batch.lastId;
    foreign += batch.foreign;
    more = batch.more;
  }
  return { seals, foreign };
}

interface Batch {
  readonly seal: NewSeal | null;
  readonly lastId: string;
  readonly foreign: number;
  readonly more: boolean;
}

async function sealBatch(
  em: EntityManager,
  keys: KeyRing,
  sealedAt: Date,
  after: string,
  everything: boolean,
): Promise<Batch> {
  if (!(await isOnlySealer(em))) return { seal: null, lastId: after, foreign: 0, more: false };
  const [previous] = await em.find(
    EventSealEntity,
    {},
    { orderBy: { number: 'desc' }, limit: 1, fields: ['number', 'hash'], disableIdentityMap: true },
  );
  const from = await firstPossiblyUnsealed(em);
  const found = await readUnsealed(em, { from: everything ? FIRST_ID : from, after, limit: EVENTS_PER_SEAL });
  const events = found.filter(isWritten(keys, from));
  const batch = {
    lastId: found.at(-1)?.id ?? after,
    foreign: found.length - events.length,
    more: found.length === EVENTS_PER_SEAL,
  };
  if (events.length === 0) return { ...batch, seal: null };
  const facts = {
    number: (previous?.number ?? 0) + 1,
    sealedAt,
    complete: !batch.more,
    eventIds: events.map(({ id }) => id),
    eventDigests: events.map(eventDigest),
    lastEventId: events.at(-1)?.id ?? after,
    previousHash: previous?.hash ?? NO_PREVIOUS_HASH,
  };
  const hash = sealHash(facts);
  await em.insert(EventSealEntity, { ...facts, hash, mac: sealCode(keys, hash) });
  return { ...batch, seal: { number: facts.number, hash, events: events.length } };
}

/** Takes the lock of the one sealer, and the time that a look at everything needs; both end with the transaction. */
async function isOnlySealer(em: EntityManager): Promise<boolean> {
  const [row] = await em.execute<{ locked: boolean }[]>(
    "select pg_try_advisory_xact_lock(?) as locked, set_config('statement_timeout', ?, true)",
    [SEAL_LOCK, `${MAXIMUM_LOOKBACK_MS}`],
  );
  return row?.locked === true;
}

/** The least id that an event has which was not there when everything that was there had been sealed. */
async function firstPossiblyUnsealed(em: EntityManager): Promise<string> {
  const [complete] = await em.find(
    EventSealEntity,
    { complete: true },
    { orderBy: { number: 'desc' }, limit: 1, fields: ['sealedAt'], disableIdentityMap: true },
  );
  return complete ? beforeIdsOf(new Date(complete.sealedAt.getTime() - SETTLING_MS)) : FIRST_ID;
}

/** Until the first run has ended, events from before they were signed are taken as they are. */
const isWritten =
  (keys: KeyRing, from: string) =>
  (event: SignedEvent): boolean => {
    const authenticity = checkEvent(keys, event);
    return authenticity === 'genuine' || (authenticity === 'unsigned' && from === FIRST_ID);
  };
