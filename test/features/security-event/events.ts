import type { Database } from '../../../src/database/connection/database.js';
import { query } from '../../support/database.js';

export interface EventRow {
  readonly id: string;
  readonly type: string;
  readonly outcome: string;
  readonly account_id: string | null;
  readonly actor_id: string | null;
  readonly session_id: string | null;
  readonly ip: string | null;
  readonly user_agent: string | null;
  readonly request_id: string;
  readonly at: Date | string;
  readonly reason: string | null;
  readonly detail: string | null;
}

/** The security events, in the order of recording in this process. */
export const eventsOf = (database: Database): Promise<EventRow[]> =>
  query<EventRow & Record<string, unknown>>(database, 'select * from security_events order by id');

/** The events that an action records. */
export async function eventsDuring(database: Database, action: () => Promise<unknown>): Promise<EventRow[]> {
  const before = new Set((await eventsOf(database)).map(({ id }) => id));
  await action();
  return (await eventsOf(database)).filter(({ id }) => !before.has(id));
}

/** The row id of an account, by username. */
export async function accountId(database: Database, username: string): Promise<string> {
  const [row] = await query<{ id: string }>(database, 'select id from accounts where username = ?', [username]);
  return row!.id;
}
