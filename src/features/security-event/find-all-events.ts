import { sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely';
import { CLOCK_SET_BACK_MS, beforeIdsOf } from '../../database/connection/id.js';
import { rowLimit, type PageRequest } from '../../database/read/keyset.js';
import { ask, type Reader, type Tables } from '../../database/read/select.js';
import { eventColumns, type EventSelection, type SecurityEventRow } from './find-events.js';

/** Which of everybody's events are wanted; what is null limits nothing. */
export interface AllEventsSelection extends EventSelection {
  /** Whose account. */
  readonly accountId: string | null;
  /** Who did it. */
  readonly actorId: string | null;
  /** Where it came from, as `canonicalAddress` writes it. */
  readonly ip: string | null;
}

type Events = ExpressionBuilder<Tables, 'security_events'>;

const selected =
  ({ from, to, types, outcome, accountId, actorId, ip }: AllEventsSelection) =>
  ({ eb, and }: Events): Expression<SqlBool> =>
    and([
      ...(from === null ? [] : [eb('at', '>=', from), eb('id', '>', beforeIdsOf(from))]),
      // What came later than `to` is left out by its time; its id only bounds where in the index the reading begins.
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
 * A page of everybody's events, in the page's direction. The statement holds those conditions alone that are wanted, so
 * that each form has its index.
 */
export const findAllEvents = (
  reader: Reader,
  selection: AllEventsSelection,
  page: PageRequest,
): Promise<readonly SecurityEventRow[]> =>
  ask(reader, (db) =>
    db
      .selectFrom('security_events')
      .where(selected(selection))
      .where(({ eb, and }) =>
        and([
          ...(page.after === null ? [] : [eb('id', '<', page.after.id)]),
          ...(page.before === null ? [] : [eb('id', '>', page.before.id)]),
        ]),
      )
      .orderBy('id', page.backward ? 'asc' : 'desc')
      .limit(rowLimit(page))
      .select(eventColumns),
  );
