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
const deliveryId = (eventId: string) =>
  sql<string>`(${eventId.slice(0, SHARED_ID_LENGTH)}::text || right(gen_random_uuid()::text, 12))::uuid`;

/** Whether a webhook gets an event: the only one that is named, or each whose types include it. */
const receives = (type: SecurityEventType, webhookId: string | null) =>
  webhookId === null
    ? sql<boolean>`(webhooks.event_types = '{}' or ${type}::text = any(webhooks.event_types))`
    : sql<boolean>`webhooks.id = ${webhookId}::uuid`;

/**
 * Inserts an event and, in the same statement, a delivery for each active webhook that receives it: both are
 * committed, or neither. Without such a webhook it inserts the event alone.
 *
 * @param webhookId the only webhook that gets it, whatever its types; null for all
 */
export async function insertEvent(em: EntityManager, event: EventRow, webhookId: string | null): Promise<void> {
  await em
    .getKysely<Tables>()
    .with('event', (db) => db.insertInto('security_events').values(event))
    .insertInto('webhook_deliveries')
    .columns(['id', 'webhook_id', 'event_id', 'event_type', 'at', 'status', 'attempts', 'next_attempt_at'])
    .expression((db) =>
      db
        .selectFrom('webhooks')
        .where('webhooks.status', '=', 'ACTIVE')
        .where(receives(event.type, webhookId))
        .select([
          deliveryId(event.id).as('id'),
          'webhooks.id as webhook_id',
          sql<string>`${event.id}::uuid`.as('event_id'),
          sql<SecurityEventType>`${event.type}::text`.as('event_type'),
          sql<Date>`${event.at}::timestamptz`.as('at'),
          sql<'PENDING'>`'PENDING'`.as('status'),
          sql<number>`0`.as('attempts'),
          sql<Date>`${event.at}::timestamptz`.as('next_attempt_at'),
        ]),
    )
    .execute();
}
