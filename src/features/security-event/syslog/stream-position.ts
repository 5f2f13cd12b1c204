import { sql } from 'kysely';
import type { EntityManager } from '../../../database/connection/database.js';
import type { Cursor } from '../stream/cursor.js';
import { findEnd } from '../stream/read-sealed-events.js';

/** The name of the stream to the syslog receiver. */
export const SYSLOG_STREAM = 'syslog';

/** How long others wait for a process that sends: it may have died. An attempt takes less. In seconds. */
const LEASE_SECONDS = 30;

const lease = sql`clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})`;

/** Begins the stream after what is sealed now, unless it has begun. */
export async function openStream(em: EntityManager): Promise<void> {
  const { seal, hash, event } = await findEnd(em);
  await sql`
    insert into event_streams (name, seal, hash, event) values (${SYSLOG_STREAM}, ${seal}, ${hash}, ${event})
    on conflict (name) do nothing`.execute(em.getKysely());
}

/** Whether something is to be sent and no other process sends. Touches one entry of each index. */
export async function hasWork(em: EntityManager, holder: string): Promise<boolean> {
  const { rows } = await sql<{ exists: boolean }>`
    select exists (
      select from event_streams p
      where p.name = ${SYSLOG_STREAM} and (p.holder is null or p.holder = ${holder}::uuid or p.held_until < clock_timestamp())
        and exists (select from event_seals s
          where s.number >= p.seal and (s.number > p.seal or cardinality(s.event_ids) > p.event))
    ) as exists`.execute(em.getKysely());
  return rows[0]?.exists === true;
}

/**
 * Makes this process the only one that sends, or prolongs that.
 *
 * @returns what was sent last; null if another process sends
 */
export async function claimStream(em: EntityManager, holder: string): Promise<Cursor | null> {
  const { rows } = await sql<Cursor>`
    update event_streams set holder = ${holder}::uuid, held_until = ${lease}
    where name = ${SYSLOG_STREAM} and (holder is null or holder = ${holder}::uuid or held_until < clock_timestamp())
    returning seal, hash, event`.execute(em.getKysely());
  return rows[0] ?? null;
}

/**
 * Stores what was sent last.
 *
 * @returns false if another process sends meanwhile; then it stays as it is
 */
export async function advanceStream(em: EntityManager, holder: string, sent: Cursor): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update event_streams set seal = ${sent.seal}, hash = ${sent.hash}, event = ${sent.event}, held_until = ${lease}
    where name = ${SYSLOG_STREAM} and holder = ${holder}::uuid`.execute(em.getKysely());
  return numAffectedRows === 1n;
}

/** Lets other processes send. */
export async function releaseStream(em: EntityManager, holder: string): Promise<void> {
  await sql`
    update event_streams set holder = null, held_until = null
    where name = ${SYSLOG_STREAM} and holder = ${holder}::uuid`.execute(em.getKysely());
}
