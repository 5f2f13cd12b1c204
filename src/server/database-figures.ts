import { seconds } from '../duration.js';
import { fork, type Database } from '../database/connection/database.js';
import { MAIL_QUEUE } from '../features/mail/delivery/mail-queue.js';
import type { Config } from '../config/config.js';
import { SYSLOG_STREAM } from '../features/security-event/syslog/stream-position.js';
import type { Figures } from '../telemetry/figures.js';

/** How long figures are used before they are read again: the number of sessions takes a scan. */
const LIFETIME_MS = seconds(30);

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
    (select count(*)::int from sessions
      where expires_at > now() and last_seen_at + make_interval(secs => idle_seconds) > now()) as "openSessions",
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
  let read: Promise<Figures | null> = Promise.resolve(null);
  let readAt = -Infinity;
  return () => {
    if (performance.now() - readAt < LIFETIME_MS) return read;
    readAt = performance.now();
    read = fork(database)
      .execute<Figures[]>(STATEMENT, [MAIL_QUEUE, syslog !== null, SYSLOG_STREAM])
      .then(
        ([figures]) => figures ?? null,
        () => null,
      );
    return read;
  };
}
