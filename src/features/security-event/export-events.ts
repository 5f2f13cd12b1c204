import { sql } from 'kysely';
import type { EntityManager } from '../../database/connection/database.js';
import { minimumIdAt } from '../../database/connection/id.js';

/** The filter of the events to export; null fields don't filter. */
export interface ExportSelection {
  readonly from: Date | null;
  /** Exclusive upper bound. */
  readonly to: Date | null;
  readonly types: readonly string[] | null;
  readonly accountId: string | null;
}

/** An event with the current names of its accounts; null if an account was erased. */
export interface ExportedEvent {
  readonly id: string;
  readonly at: Date;
  readonly type: string;
  readonly outcome: string;
  readonly accountId: string | null;
  readonly username: string | null;
  readonly actorId: string | null;
  readonly actorUsername: string | null;
  readonly reason: string | null;
  readonly detail: string | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly sessionId: string | null;
  readonly accessTokenId: string | null;
  readonly requestId: string;
  readonly traceId: string | null;
}

/** Events per page, which bounds the memory of an export. */
const EVENTS_PER_PAGE = 1_000;

/** Yields every matching event that existed at the start, once each, oldest first. */
export async function* exportEvents(em: EntityManager, selection: ExportSelection): AsyncGenerator<ExportedEvent> {
  let after = minimumIdAt(new Date(0));
  for (let page = await readPage(em, selection, after); page.length > 0; page = await readPage(em, selection, after)) {
    yield* page;
    after = page.at(-1)?.id ?? after;
  }
}

async function readPage(
  em: EntityManager,
  { from, to, types, accountId }: ExportSelection,
  after: string,
): Promise<ExportedEvent[]> {
  const { rows } = await sql<ExportedEvent>`
    select e.id, e.at, e.type, e.outcome, e.account_id as "accountId", owner.username, e.actor_id as "actorId", actor.username as "actorUsername",
      e.reason, e.detail, e.ip, e.user_agent as "userAgent", e.session_id as "sessionId", e.access_token_id as "accessTokenId", e.request_id as "requestId", e.trace_id as "traceId"
    from security_events e left join accounts owner on owner.id = e.account_id left join accounts actor on actor.id = e.actor_id
    where e.id > ${after}::uuid
      and (${from?.toISOString() ?? null}::timestamptz is null or e.at >= ${from?.toISOString() ?? null}::timestamptz)
      and (${to?.toISOString() ?? null}::timestamptz is null or e.at < ${to?.toISOString() ?? null}::timestamptz)
      and (${types}::text[] is null or e.type = any(${types}::text[]))
      and (${accountId}::uuid is null or e.account_id = ${accountId}::uuid)
    order by e.id limit ${EVENTS_PER_PAGE}`.execute(em.getKysely());
  return rows;
}
