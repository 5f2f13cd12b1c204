import { minutes } from '../../duration.js';
import type { KeyRing } from '../../crypto/key-ring.js';
import type { EntityManager } from '../../database/connection/database.js';
import { minimumIdAt } from '../../database/connection/id.js';
import { withoutStatementTimeout } from '../../database/connection/without-statement-timeout.js';
import { verifyEventSignature, eventDigest } from './event-digest.js';
import { EventSealEntity } from './event-seal.entity.js';
import { NO_PREVIOUS_HASH, signSeal, sealHash } from './event-seal.js';
import { FIRST_ID, readUnsealed, type SignedEvent } from './read-events.js';

/** An arbitrary advisory lock ID, unique in this database; it spells "seal". */
const SEAL_LOCK = 0x7365616c;

/** Maximum number of events per seal. */
export const EVENTS_PER_SEAL = 1_000;

/**
 * How long after its timestamp an event can commit and still be found by the next run. It exceeds the timeouts of
 * operations, statements and idle transactions, and allows for clock skew. `postern events seal` also finds later ones.
 */
export const LATE_COMMIT_MS = minutes(10);

/** Timeout of the query that finds unsealed events. Only a full scan takes long. */
const SCAN_TIMEOUT_MS = minutes(5);

/** A new seal. */
export interface NewSeal {
  readonly number: number;
  readonly hash: string;
  readonly events: number;
}

/** The result of sealing. */
export interface SealResult {
  readonly seals: readonly NewSeal[];
  /** Events without a genuine signature. They are not sealed; `postern events verify` lists them. */
  readonly unverified: number;
}

/**
 * Seals all unsealed events in ID order, with as many seals as needed. Only one instance works at a time; others
 * find nothing to do.
 *
 * @param fullScan scans all events instead of those since the last run
 */
export async function sealEvents(
  em: EntityManager,
  keys: KeyRing,
  clock: () => Date,
  fullScan = false,
): Promise<SealResult> {
  const seals: NewSeal[] = [];
  let [after, unverified, hasMore] = [FIRST_ID, 0, true];
  while (hasMore) {
    const batch = await withoutStatementTimeout(() =>
      em.transactional((transaction) => sealBatch(transaction, keys, clock(), after, fullScan)),
    );
    if (batch.seal) seals.push(batch.seal);
    after = batch.lastId;
    unverified += batch.unverified;
    hasMore = batch.hasMore;
  }
  return { seals, unverified };
}

interface Batch {
  readonly seal: NewSeal | null;
  readonly lastId: string;
  readonly unverified: number;
  readonly hasMore: boolean;
}

async function sealBatch(
  em: EntityManager,
  keys: KeyRing,
  sealedAt: Date,
  after: string,
  fullScan: boolean,
): Promise<Batch> {
  if (!(await acquireSealLock(em))) return { seal: null, lastId: after, unverified: 0, hasMore: false };
  const [previous] = await em.find(
    EventSealEntity,
    {},
    { orderBy: { number: 'desc' }, limit: 1, fields: ['number', 'hash'], disableIdentityMap: true },
  );
  const { from, isFirst } = await findFirstUnsealedBound(em, sealedAt);
  const unsealed = await readUnsealed(em, { from: fullScan ? FIRST_ID : from, after, limit: EVENTS_PER_SEAL });
  const events = unsealed.filter(isAuthentic(keys, isFirst));
  const batch = {
    lastId: unsealed.at(-1)?.id ?? after,
    unverified: unsealed.length - events.length,
    hasMore: unsealed.length === EVENTS_PER_SEAL,
  };
  if (events.length === 0) return { ...batch, seal: null };
  const fields = {
    number: (previous?.number ?? 0) + 1,
    sealedAt,
    complete: !batch.hasMore,
    eventIds: events.map(({ id }) => id),
    eventDigests: events.map(eventDigest),
    lastEventId: events.at(-1)?.id ?? after,
    previousHash: previous?.hash ?? NO_PREVIOUS_HASH,
  };
  const hash = sealHash(fields);
  await em.insert(EventSealEntity, { ...fields, hash, mac: signSeal(keys, hash) });
  return { ...batch, seal: { number: fields.number, hash, events: events.length } };
}

/** Takes the seal lock and raises the statement timeout, both until the end of the transaction. */
async function acquireSealLock(em: EntityManager): Promise<boolean> {
  const [row] = await em.execute<{ locked: boolean }[]>(
    "select pg_try_advisory_xact_lock(?) as locked, set_config('statement_timeout', ?, true)",
    [SEAL_LOCK, `${SCAN_TIMEOUT_MS}`],
  );
  return row?.locked === true;
}

/**
 * The lower bound of the IDs of events that the last complete seal can have missed, and whether there is none yet. A
 * seal that a clock ahead dated in the future says nothing about the events until then, so an earlier one counts.
 */
async function findFirstUnsealedBound(em: EntityManager, now: Date): Promise<{ from: string; isFirst: boolean }> {
  const findLast = (condition: { sealedAt?: { $lte: Date } }) =>
    em.find(
      EventSealEntity,
      { complete: true, ...condition },
      { orderBy: { number: 'desc' }, limit: 1, fields: ['sealedAt'], disableIdentityMap: true },
    );
  const [last] = await findLast({});
  const [past] = last && last.sealedAt > now ? await findLast({ sealedAt: { $lte: now } }) : [last];
  const from = past ? minimumIdAt(new Date(past.sealedAt.getTime() - LATE_COMMIT_MS)) : FIRST_ID;
  return { from, isFirst: !last };
}

/** Unsigned events are authentic only until the first complete seal, because they may be older than signatures. */
const isAuthentic =
  (keys: KeyRing, isFirst: boolean) =>
  (event: SignedEvent): boolean => {
    const authenticity = verifyEventSignature(keys, event);
    return authenticity === 'genuine' || (authenticity === 'unsigned' && isFirst);
  };
