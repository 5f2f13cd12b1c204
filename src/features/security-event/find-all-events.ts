import { sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely';
import { CLOCK_ROLLBACK_TOLERANCE_MS, minimumIdAt } from '../../database/connection/id.js';
import { rowLimit, type PageRequest } from '../../database/read/keyset.js';
import { queryAdHoc, type Reader, type Tables } from '../../database/read/select.js';
import { eventColumns, type EventSelection, type SecurityEventRow } from './find-events.js';

/** The filter of the events of all accounts; null fields don't filter. */
export interface AllEventsSelection extends EventSelection {
  readonly accountId: string | null;
  /** Who acted. */
  readonly actorId: string | null;
}

type Events = ExpressionBuilder<Tables, 'security_events'>;

const selected =
  ({ from, to, types, outcome, accountId, actorId, ip, accessTokenId }: AllEventsSelection) =>
  ({ eb, and }: Events): Expression<SqlBool> =>
    and([
      ...(from === null ? [] : [eb('at', '>=', from), eb('id', '>', minimumIdAt(from))]),
      // `at` is the filter; the ID only bounds where the index scan starts.
      ...(to === null
        ? []
        : [eb('at', '<', to), eb('id', '<', minimumIdAt(new Date(to.getTime() + CLOCK_ROLLBACK_TOLERANCE_MS)))]),
      ...(types === null ? [] : [types.length === 0 ? sql<boolean>`false` : eb('type', 'in', types)]),
      ...(outcome === null ? [] : [eb('outcome', '=', outcome)]),
      ...(accountId === null ? [] : [eb('account_id', '=', accountId)]),
      ...(actorId === null ? [] : [eb('actor_id', '=', actorId)]),
      ...(ip === null ? [] : [eb('ip', '=', ip)]),
      ...(accessTokenId === null ? [] : [eb('access_token_id', '=', accessTokenId)]),
    ]);

/**
 * Finds the rows of a page of all events. The statement contains only the conditions that are set, so that each
 * combination can use its index.
 */
export const findAllEvents = (
  reader: Reader,
  selection: AllEventsSelection,
  page: PageRequest,
): Promise<readonly SecurityEventRow[]> =>
  queryAdHoc(reader, (db) =>
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
