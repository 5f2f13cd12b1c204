import { sql, type Insertable } from 'kysely';
import type { EntityManager } from '../../database/connection/database.js';
import type { Tables } from '../../database/read/select.js';
import type { SecurityEventType } from './security-event.entity.js';

/** The row of a new event. */
type EventRow = Insertable<Tables['security_events']> & {
  readonly id: string;
  readonly at: Date;
  readonly type: SecurityEventType;
};

/** How many characters of an event's ID begin the IDs of its deliveries, so that these sort like the events. */
const SHARED_ID_LENGTH = 'xxxxxxxx-xxxx-7xxx-yxxx-'.length;

/** The ID of a delivery: the time and the counter of its event, and 48 random bits. */
const deliveryId = sql<string>`(left(event.id::text, ${SHARED_ID_LENGTH}::int) || right(gen_random_uuid()::text, 12))::uuid`;

/** Whether a webhook gets an event: the only one that is named, or each whose types include it. */
const receives = (webhookId: string | null) =>
  webhookId === null
    ? sql<boolean>`(webhooks.event_types = '{}' or event.type = any(webhooks.event_types))`
    : sql<boolean>`webhooks.id = ${webhookId}::uuid`;

/**
 * Inserts events and, in the same statement, a delivery for each active webhook that receives one: all are
 * committed, or none. Without such a webhook it inserts the events alone.
 *
 * @param webhookId the only webhook that gets them, whatever its types; null for all
 */
export async function insertEvents(
  em: EntityManager,
  events: readonly EventRow[],
  webhookId: string | null,
): Promise<void> {
  await em
    .getKysely<Tables>()
    .with('event', (db) => db.insertInto('security_events').values(events).returning(['id', 'type', 'at']))
    .insertInto('webhook_deliveries')
    .columns(['id', 'webhook_id', 'event_id', 'event_type', 'at', 'status', 'attempts', 'next_attempt_at'])
    .expression((db) =>
      db
        .selectFrom(['event', 'webhooks'])
        .where('webhooks.status', '=', 'ACTIVE')
        .where(receives(webhookId))
        .select([
          deliveryId.as('id'),
          'webhooks.id as webhook_id',
          'event.id as event_id',
          'event.type as event_type',
          'event.at as at',
          sql<'PENDING'>`'PENDING'`.as('status'),
          sql<number>`0`.as('attempts'),
          // Now for every process, also if the clock of this one is ahead.
          sql<Date>`least(event.at, clock_timestamp())`.as('next_attempt_at'),
        ]),
    )
    .execute();
}
