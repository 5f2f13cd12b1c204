import { sql } from 'kysely';
import type { EntityManager } from '../../../database/connection/database.js';
import { eventDigest, type EventFields } from '../event-digest.js';
import { readAnchor } from '../retention/event-anchor.js';
import { BEFORE_ALL, formatCursor, type Cursor } from './cursor.js';

/** The seal of an event, with all that its hash covers beside IDs and digests of its events. */
export interface StreamedSeal {
  readonly number: number;
  readonly hash: string;
  readonly previousHash: string;
  readonly sealedAt: Date;
  readonly complete: boolean;
  /** How many events it has. */
  readonly events: number;
}

/** An event in its final place. */
export interface SealedEvent {
  readonly cursor: Cursor;
  readonly seal: StreamedSeal;
  readonly id: string;
  /** The digest of the event that the seal covers. */
  readonly digest: string;
  /** Null if it was removed after it was sealed. */
  readonly event: EventFields | null;
  /** A sign of tampering; null if the event is what was sealed. */
  readonly fault: 'EVENT_CHANGED' | 'EVENT_REMOVED' | null;
}

/** Events after a cursor can't be read: retention deleted some, or the cursor is of another chain. */
export class CursorError extends Error {}

interface Row extends EventFields {
  readonly number: number;
  readonly hash: string;
  readonly previousHash: string;
  readonly sealedAt: Date | string;
  readonly complete: boolean;
  readonly events: number;
  readonly position: number;
  readonly sealedId: string;
  readonly digest: string;
}

/**
 * Reads sealed events after a cursor, in order, of one seal at most.
 *
 * @throws {CursorError} if retention deleted events after the cursor
 */
export async function readSealedEvents(em: EntityManager, after: Cursor, limit: number): Promise<SealedEvent[]> {
  const { rows } = await sql<Row>`
    with next as (
      select number, hash, previous_hash, sealed_at, complete, event_ids, event_digests, cardinality(event_ids) as events,
        case when number = ${after.seal}::int then ${after.event}::int else 0 end as seen
      from event_seals
      where number >= ${after.seal}::int and (number > ${after.seal}::int or cardinality(event_ids) > ${after.event}::int)
      order by number limit 1
    )
    select next.number, next.hash, next.previous_hash as "previousHash", next.sealed_at as "sealedAt", next.complete, next.events,
      listed.position::int, listed.id as "sealedId", listed.digest,
      e.id, (extract(epoch from e.at) * 1000000)::bigint::text as "atMicros", e.type, e.outcome, e.account_id as "accountId",
      e.actor_id as "actorId", e.session_id as "sessionId", e.access_token_id as "accessTokenId", e.ip,
      e.user_agent as "userAgent", e.request_id as "requestId", e.trace_id as "traceId", e.reason, e.detail
    from next cross join lateral unnest(next.event_ids, next.event_digests) with ordinality as listed(id, digest, position)
    left join security_events e on e.id = listed.id
    where listed.position > next.seen order by listed.position limit ${limit}`.execute(em.getKysely());
  const events = rows.map(toSealedEvent);
  if (events[0] && events[0].seal.number > after.seal + 1) await checkCursor(em, after);
  return events;
}

function toSealedEvent({ number, hash, previousHash, sealedAt, complete, events, position, sealedId, ...row }: Row) {
  const { digest, ...fields } = row;
  // A left join without a match has no ID.
  const event = (fields.id as string | null) === null ? null : fields;
  const isIntact = event !== null && eventDigest(event) === digest;
  return {
    cursor: { seal: number, hash, event: position },
    seal: { number, hash, previousHash, sealedAt: new Date(sealedAt), complete, events },
    id: sealedId,
    digest,
    event,
    fault: isIntact ? null : event ? ('EVENT_CHANGED' as const) : ('EVENT_REMOVED' as const),
  };
}

/** The cursor of the newest sealed event. */
export async function findEnd(em: EntityManager): Promise<Cursor> {
  const { rows } = await sql<Cursor>`
    select number as seal, hash, cardinality(event_ids) as event from event_seals order by number desc limit 1`.execute(
    em.getKysely(),
  );
  return rows[0] ?? BEFORE_ALL;
}

/** The cursor before the oldest event that retention has kept. */
export async function findStart(em: EntityManager): Promise<Cursor> {
  const anchor = await readAnchor(em);
  return anchor ? { seal: anchor.number, hash: anchor.hash, event: anchor.events } : BEFORE_ALL;
}

/**
 * Makes sure that all events after a cursor can be read.
 *
 * @throws {CursorError} if they can't
 */
export async function checkCursor(em: EntityManager, cursor: Cursor): Promise<void> {
  const start = await findStart(em);
  if (cursor.seal < start.seal || (cursor.seal === start.seal && cursor.event < start.event))
    throw new CursorError(
      `Retention deleted events after ${formatCursor(cursor)}. The oldest event that is left follows ${formatCursor(start)}.`,
    );
  if (cursor.seal === 0) return;
  const { rows } = await sql<{ hash: string }>`
    select hash from event_seals where number = ${cursor.seal}::int`.execute(em.getKysely());
  const hash = cursor.seal === start.seal ? start.hash : rows[0]?.hash;
  if (hash !== cursor.hash)
    throw new CursorError(
      `The database has no seal ${formatCursor(cursor).replace(/\/.*/, '')}. Perhaps it was restored from a backup, or is another one.`,
    );
}
