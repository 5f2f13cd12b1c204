import { sql } from 'kysely';
import { question, select, type Reader } from '../../database/read/select.js';
import type { Outcome, SecurityEventType } from './security-event.entity.js';

/** What is shown of an event. */
export const eventColumns = [
  'security_events.id',
  'security_events.at',
  'security_events.type',
  'security_events.outcome',
  'security_events.account_id as accountId',
  'security_events.actor_id as actorId',
  'security_events.ip',
  'security_events.user_agent as userAgent',
  'security_events.request_id as requestId',
  'security_events.reason',
  'security_events.detail',
] as const;

/** An event as a list shows it. */
export type SecurityEventRow = Awaited<ReturnType<typeof ownEvent>>[number];

/** The same, in a list of several accounts’. */
type OwnedEventRow = Awaited<ReturnType<typeof eventsForward>>[number];

/** Which events are wanted; what is null limits nothing. */
export interface EventChoice {
  readonly from: Date | null;
  readonly to: Date | null;
  readonly types: readonly SecurityEventType[] | null;
  readonly outcome: Outcome | null;
}

/** A page of the events of each of some accounts. */
export interface WantedEvents extends EventChoice {
  readonly accountIds: readonly string[];
  /** Ids between which the page lies; the newest comes first, so that it is after a greater id. */
  readonly after: string | null;
  readonly before: string | null;
  /** How many rows for each account. */
  readonly limit: number;
}

const page = (direction: 'asc' | 'desc') => (db: Parameters<Parameters<typeof select>[1]>[0], wanted: WantedEvents) =>
  db
    .selectFrom(
      sql<{ account_id: string }>`unnest(${wanted.accountIds}::uuid[])`.as<'owners'>(sql`owners (account_id)`),
    )
    .innerJoinLateral(
      ({ selectFrom }) =>
        selectFrom('security_events')
          .whereRef('security_events.account_id', '=', 'owners.account_id')
          .where(sql<boolean>`(${wanted.from}::timestamptz is null or security_events.at >= ${wanted.from})`)
          .where(sql<boolean>`(${wanted.to}::timestamptz is null or security_events.at < ${wanted.to})`)
          .where(sql<boolean>`(${wanted.types}::text[] is null or security_events.type = any(${wanted.types}))`)
          .where(sql<boolean>`(${wanted.outcome}::text is null or security_events.outcome = ${wanted.outcome})`)
          .where(sql<boolean>`(${wanted.after}::uuid is null or security_events.id < ${wanted.after})`)
          .where(sql<boolean>`(${wanted.before}::uuid is null or security_events.id > ${wanted.before})`)
          .orderBy('security_events.id', direction)
          .limit(sql<number>`${wanted.limit}`)
          .select(eventColumns)
          .as('event'),
      (join) => join.onTrue(),
    )
    .select('owners.account_id as ownerId')
    .selectAll('event');

const eventsForward = select('security_events_forward', page('desc'));
const eventsBackward = select('security_events_backward', page('asc'));
const chosenForward = question<WantedEvents, OwnedEventRow>(page('desc'));
const chosenBackward = question<WantedEvents, OwnedEventRow>(page('asc'));

/**
 * A page of the events of each of some accounts, in one statement whatever their number: newest first, or from the end
 * oldest first. Where it is chosen which, many may have to be looked at before one fits, for which no other read waits.
 */
export function findEvents(reader: Reader, wanted: WantedEvents, backward: boolean): Promise<readonly OwnedEventRow[]> {
  const isChosen = [wanted.from, wanted.to, wanted.types, wanted.outcome].some((condition) => condition !== null);
  const [forward, back] = isChosen ? [chosenForward, chosenBackward] : [eventsForward, eventsBackward];
  return (backward ? back : forward)(reader, wanted);
}

const ownEvent = select('own_security_event', (db, { id, accountId }: { id: string; accountId: string }) =>
  db.selectFrom('security_events').where('id', '=', id).where('account_id', '=', accountId).select(eventColumns),
);

/** One event of an account, by its id; null where there is none, or it is somebody else's. */
export async function findOwnEvent(reader: Reader, id: string, accountId: string): Promise<SecurityEventRow | null> {
  const [row] = await ownEvent(reader, { id, accountId });
  return row ?? null;
}
