import { sql } from 'kysely';
import {
  fromOwners,
  isOnPage,
  pageParameters,
  type PageParameters,
  type PageRequest,
} from '../../database/read/keyset.js';
import { selectAdHoc, select, type Db, type Reader } from '../../database/read/select.js';
import { hideOthersOrigin } from './hide-others-origin.js';
import type { Outcome, SecurityEventType } from './security-event.entity.js';

/** The columns of an event that the schema exposes. */
export const eventColumns = [
  'security_events.id',
  'security_events.at',
  'security_events.type',
  'security_events.outcome',
  'security_events.account_id as accountId',
  'security_events.actor_id as actorId',
  'security_events.access_token_id as accessTokenId',
  'security_events.ip',
  'security_events.user_agent as userAgent',
  'security_events.request_id as requestId',
  'security_events.trace_id as traceId',
  'security_events.reason',
  'security_events.detail',
] as const;

export type SecurityEventRow = Awaited<ReturnType<typeof eventById>>[number];

/** The filter of events; null fields don't filter. */
export interface EventSelection {
  readonly from: Date | null;
  readonly to: Date | null;
  readonly types: readonly SecurityEventType[] | null;
  readonly outcome: Outcome | null;
  /** The IP address, in the form of `canonicalAddress`. */
  readonly ip: string | null;
  readonly accessTokenId: string | null;
}

/** Who reads events. */
export interface EventReader {
  readonly reader: Reader;
  readonly viewer: { readonly accountId: string } | null;
}

interface Parameters extends EventSelection, PageParameters {
  readonly accountIds: readonly string[];
  /** The account that reads. */
  readonly viewerId: string | null;
}

/** Whether the viewer may search for the origin of an event, which `hideOthersOrigin` hides otherwise. */
const showsOrigin = (viewerId: string | null) =>
  sql<boolean>`(security_events.actor_id is null or security_events.actor_id = security_events.account_id or security_events.account_id is distinct from ${viewerId}::uuid)`;

const buildPageQuery = (direction: 'asc' | 'desc') => (db: Db, parameters: Parameters) =>
  fromOwners(db, parameters.accountIds)
    .innerJoinLateral(
      ({ selectFrom }) =>
        selectFrom('security_events')
          .whereRef('security_events.account_id', '=', 'owners.account_id')
          .where(sql<boolean>`(${parameters.from}::timestamptz is null or security_events.at >= ${parameters.from})`)
          .where(sql<boolean>`(${parameters.to}::timestamptz is null or security_events.at < ${parameters.to})`)
          .where(sql<boolean>`(${parameters.types}::text[] is null or security_events.type = any(${parameters.types}))`)
          .where(sql<boolean>`(${parameters.outcome}::text is null or security_events.outcome = ${parameters.outcome})`)
          .where(
            sql<boolean>`(${parameters.ip}::text is null or security_events.ip = ${parameters.ip} and ${showsOrigin(parameters.viewerId)})`,
          )
          .where(
            sql<boolean>`(${parameters.accessTokenId}::uuid is null or security_events.access_token_id = ${parameters.accessTokenId})`,
          )
          .where(({ ref }) => isOnPage(ref('security_events.id'), parameters))
          .orderBy('security_events.id', direction)
          .limit(sql<number>`${parameters.limit}`)
          .select(eventColumns)
          .as('event'),
      (join) => join.onTrue(),
    )
    .selectAll('event');

const allForward = select('security_events_forward', buildPageQuery('desc'));
const allBackward = select('security_events_backward', buildPageQuery('asc'));
const selectedForward = selectAdHoc<Parameters, SecurityEventRow>(buildPageQuery('desc'));
const selectedBackward = selectAdHoc<Parameters, SecurityEventRow>(buildPageQuery('asc'));

/**
 * Finds the rows of a page of events for each account, in one statement. With a filter, the query runs in the ad-hoc
 * pool, because it may scan many events. What others did to the viewer's account is without their origin.
 */
export async function findEvents(
  { reader, viewer }: EventReader,
  accountIds: readonly string[],
  { selection, page }: { readonly selection: EventSelection; readonly page: PageRequest },
): Promise<readonly SecurityEventRow[]> {
  const isSelected = Object.values(selection).some((condition) => condition !== null);
  const [forward, back] = isSelected ? [selectedForward, selectedBackward] : [allForward, allBackward];
  const viewerId = viewer?.accountId ?? null;
  const find = page.backward ? back : forward;
  const rows = await find(reader, { ...selection, ...pageParameters(page), accountIds, viewerId });
  return viewerId === null ? rows : rows.map((row) => hideOthersOrigin(row, viewerId));
}

const eventById = select('security_event_by_id', (db, { id }: { id: string }) =>
  db.selectFrom('security_events').where('id', '=', id).select(eventColumns),
);

/**
 * Finds one event of any account by ID, without another's origin if it is the viewer's; null if it is unknown. The
 * caller checks who may see it.
 */
export async function findEvent(reader: Reader, id: string, viewerId: string): Promise<SecurityEventRow | null> {
  const [row] = await eventById(reader, { id });
  return row ? hideOthersOrigin(row, viewerId) : null;
}
