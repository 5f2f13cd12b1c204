import { sql } from 'kysely';
import type { EntityManager } from '../../database/connection/database.js';
import type { EventFields } from './event-digest.js';

/** An event with its signature. */
export type SignedEvent = EventFields & { readonly mac: string | null };

const columns = sql`
  e.id, (extract(epoch from e.at) * 1000000)::bigint::text as "atMicros", e.type, e.outcome, e.account_id as "accountId", e.actor_id as "actorId",
  e.session_id as "sessionId", e.access_token_id as "accessTokenId", e.ip, e.user_agent as "userAgent", e.request_id as "requestId", e.trace_id as "traceId", e.reason, e.detail, e.mac`;

/** Less than every ID. */
export const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** A page of events without a seal, in ID order. */
export interface UnsealedPage {
  /** The lowest ID, inclusive; it bounds how many seals are read. */
  readonly from: string;
  /** Exclusive lower bound of the page. */
  readonly after: string;
  readonly limit: number;
}

/** Reads events without a seal. */
export async function readUnsealed(em: EntityManager, { from, after, limit }: UnsealedPage): Promise<SignedEvent[]> {
  const query = sql<SignedEvent>`
    with sealed as materialized (select unnest(event_ids) as id from event_seals where last_event_id >= ${from}::uuid)
    select ${columns} from security_events e
    where e.id >= ${from}::uuid and e.id > ${after}::uuid and not exists (select from sealed where sealed.id = e.id)
    order by e.id limit ${limit}`;
  return (await query.execute(em.getKysely())).rows;
}

/** Reads events by ID; unknown IDs are left out. */
export async function readEvents(em: EntityManager, ids: readonly string[]): Promise<Map<string, SignedEvent>> {
  const { rows } =
    await sql<SignedEvent>`select ${columns} from security_events e where e.id = any(${ids}::uuid[])`.execute(
      em.getKysely(),
    );
  return new Map(rows.map((event) => [event.id, event]));
}
