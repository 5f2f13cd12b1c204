import { sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely';
import { CLOCK_SET_BACK_MS, beforeIdsOf } from '../../database/connection/id.js';
import { ask, type Reader, type Tables } from '../../database/read/select.js';
import { eventColumns, type EventChoice, type SecurityEventRow } from './find-events.js';

/** Which of everybody's events are wanted; what is null limits nothing. */
export interface AllEventsChoice extends EventChoice {
  /** Whose account. */
  readonly accountId: string | null;
  /** Who did it. */
  readonly actorId: string | null;
  /** Where it came from, as `canonicalAddress` writes it. */
  readonly ip: string | null;
}

/** The part of the list that is wanted, between two ids. */
interface EventsPage {
  readonly after: string | null;
  readonly before: string | null;
  readonly size: number;
  readonly backward: boolean;
}

type Events = ExpressionBuilder<Tables, 'security_events'>;

const chosen =
  ({ from, to, types, outcome, accountId, actorId, ip }: AllEventsChoice) =>
  ({ eb, and }: Events): Expression<SqlBool> =>
    and([
      ...(from === null ? [] : [eb('at', '>=', from), eb('id', '>', beforeIdsOf(from))]),
      // What came later than `to` is left out by its moment; its id only bounds where in the index the reading begins.
      ...(to === null
        ? []
        : [eb('at', '<', to), eb('id', '<', beforeIdsOf(new Date(to.getTime() + CLOCK_SET_BACK_MS)))]),
      ...(types === null ? [] : [types.length === 0 ? sql<boolean>`false` : eb('type', 'in', types)]),
      ...(outcome === null ? [] : [eb('outcome', '=', outcome)]),
      ...(accountId === null ? [] : [eb('account_id', '=', accountId)]),
      ...(actorId === null ? [] : [eb('actor_id', '=', actorId)]),
      ...(ip === null ? [] : [eb('ip', '=', ip)]),
    ]);

/**
 * A page of everybody's events, with one more than wanted if there are more: newest first, or from the end oldest
 * first. The statement holds those conditions alone that are wanted, so that each form has its index.
 */
export const findAllEvents = (
  reader: Reader,
  choice: AllEventsChoice,
  { after, before, size, backward }: EventsPage,
): Promise<readonly SecurityEventRow[]> =>
  ask(reader, (db) =>
    db
      .selectFrom('security_events')
      .where(chosen(choice))
      .where(({ eb, and }) =>
        and([...(after === null ? [] : [eb('id', '<', after)]), ...(before === null ? [] : [eb('id', '>', before)])]),
      )
      .orderBy('id', backward ? 'asc' : 'desc')
      .limit(size + 1)
      .select(eventColumns),
  );
