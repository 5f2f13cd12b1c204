import { seconds } from '../duration.js';
import { fork, type Database } from '../database/connection/database.js';
import { MAIL_QUEUE } from '../features/mail/delivery/mail-queue.js';
import type { Config } from '../config/config.js';
import { SYSLOG_STREAM } from '../features/security-event/syslog/stream-position.js';
import type { Figures } from '../telemetry/figures.js';

/** How long figures are used before they are read again. */
const LIFETIME_MS = seconds(30);

/** How many times as long as it took to read them, at least: counting many sessions takes 2 % of a core at most. */
const LIFETIME_PER_READ = 50;

/** It reads every session, so it is apart: with too many of them it times out alone. */
const OPEN_SESSIONS = `
  select count(*)::int as "openSessions" from sessions
  where expires_at > now() and last_seen_at + make_interval(secs => idle_seconds) > now()`;

const STATEMENT = `
  with unsealed as (
    select count(*)::int as count, min(at) as oldest from security_events
    where id > coalesce((select last_event_id from event_seals order by number desc limit 1), '00000000-0000-0000-0000-000000000000')
  ), mails as (
    select count(*)::int as count, min(created_on) filter (where start_after <= now() or retry_count > 0) as oldest
    from pgboss.job where name = ? and state in ('created', 'retry')
  ), deliveries as (
    select count(*)::int as count, min(at) as oldest from webhook_deliveries where status = 'PENDING'
  ), unsent as (
    select min(sealed_at) as oldest from (
      select s.sealed_at from event_streams p join event_seals s on s.number >= p.seal
      where ?::boolean and p.name = ? and (s.number > p.seal or cardinality(s.event_ids) > p.event)
      order by s.number limit 1
    ) as next
  )
  select
    unsealed.count as "unsealedEvents",
    coalesce(extract(epoch from now() - unsealed.oldest), 0)::float8 as "oldestUnsealedSeconds",
    mails.count as "waitingMails",
    coalesce(extract(epoch from now() - mails.oldest), 0)::float8 as "oldestMailSeconds",
    (select extract(epoch from now() - max(created_at))::float8 from signing_keys) as "signingKeySeconds",
    deliveries.count as "waitingDeliveries",
    coalesce(extract(epoch from now() - deliveries.oldest), 0)::float8 as "oldestDeliverySeconds",
    coalesce(extract(epoch from now() - unsent.oldest), 0)::float8 as "oldestUnsentSeconds",
    (select count(*)::int from webhooks where status = 'FAILING') as "failingWebhooks"
  from unsealed, mails, deliveries, unsent`;

/**
 * Reads figures of the database, at most every 30 seconds.
 *
 * @returns null if they can't be read; other metrics show that the database is unreachable
 */
export function createDatabaseFigures(
  database: Database,
  { syslog }: Pick<Config, 'syslog'>,
): () => Promise<Figures | null> {
  const read = async <Row>(statement: string, values: readonly unknown[]): Promise<Row | null> => {
    const [row] = await fork(database).execute<Row[]>(statement, [...values]);
    return row ?? null;
  };
  const readSessions = keep(() => read<Pick<Figures, 'openSessions'>>(OPEN_SESSIONS, []));
  const readOthers = keep(() =>
    read<Omit<Figures, 'openSessions'>>(STATEMENT, [MAIL_QUEUE, syslog !== null, SYSLOG_STREAM]),
  );
  return async () => {
    const [sessions, others] = await Promise.all([readSessions(), readOthers()]);
    return others && { openSessions: null, ...sessions, ...others };
  };
}

/** Keeps what was read for a while. @returns a function that reads it; null if that fails */
function keep<Row>(read: () => Promise<Row | null>): () => Promise<Row | null> {
  let latest: Promise<Row | null> | null = null;
  let usableUntil = Infinity;
  return () => {
    const start = performance.now();
    if (latest && start < usableUntil) return latest;
    usableUntil = Infinity;
    latest = read()
      .catch(() => null)
      .finally(() => {
        const end = performance.now();
        usableUntil = end + Math.max(LIFETIME_MS, LIFETIME_PER_READ * (end - start));
      });
    return latest;
  };
}
