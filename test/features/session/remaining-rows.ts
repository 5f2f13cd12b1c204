import type { Ending } from './session-endings.js';
import type { TwoSessions } from './two-sessions.js';

/**
 * Attempts are counted before a proof is verified; the last use of a credential and the failures of a receiver are
 * recorded later.
 */
const COUNTED_COLUMNS = ['attempts', 'last_used_at', 'last_used_ip', 'last_seen_at', 'failing_since'];

/** Tables of counters, of what is read otherwise, and of what the servers write by themselves. */
const OTHER_TABLES =
  /^(?:attempts|rate_limits|sessions|security_events.*|event_seals|known_\w+|mail_\w+|webhook_deliveries|mikro\w+)$/;

/** A registration consumes its challenge before the answer is verified. */
const KEPT_ROWS: Readonly<Record<string, string>> = { passkey_challenges: "purpose <> 'REGISTER'" };

/** Every row of the database, except what the ending of a session changes itself. */
export async function otherRows(
  { two, accountId }: TwoSessions,
  { columns, deletes = [] }: Ending,
): Promise<Record<string, unknown[]>> {
  const tables = await two.database.query<{ name: string }>(
    "select relname as name from pg_class where relkind in ('r', 'p') and not relispartition and relnamespace = 'public'::regnamespace",
  );
  const rows: Record<string, unknown[]> = {};
  for (const { name } of tables.filter((table) => !OTHER_TABLES.test(table.name))) {
    const remaining = deletes.includes(name) ? 'account_id::text <> $1' : (KEPT_ROWS[name] ?? 'true');
    const found = await two.database.query<{ row: unknown }>(
      `select to_jsonb(t) - $3::text[] - case when $1 in (to_jsonb(t) ->> 'id', to_jsonb(t) ->> 'account_id') then $2::text[] else '{}' end as row from ${name} t where ${remaining} order by 1`,
      [accountId, columns, COUNTED_COLUMNS],
    );
    rows[name] = found.map(({ row }) => row);
  }
  return rows;
}

/** The types of the events of a user, oldest first, both as account and as actor. */
export const eventsOf = async ({ two, accountId }: TwoSessions): Promise<string[]> =>
  (
    await two.database.query<{ type: string }>(
      'select type from security_events where account_id = $1 or actor_id = $1 order by id',
      [accountId],
    )
  ).map(({ type }) => type);

/** The sessions of a user that are still accepted. */
export const sessionsOf = ({ two, accountId }: TwoSessions) =>
  two.database.query(
    "select 1 from sessions join accounts on accounts.id = account_id and accounts.auth_version = sessions.auth_version where account_id = $1 and status = 'ACTIVE'",
    [accountId],
  );
