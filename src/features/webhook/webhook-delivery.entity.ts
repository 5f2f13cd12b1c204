import { defineEntity, p } from '@mikro-orm/core';
import type { SecurityEventType } from '../security-event/security-event.entity.js';

const deliveryStatuses = ['PENDING', 'DELIVERED', 'FAILED'] as const;
/** Whether an event has reached a webhook. PENDING: it will be tried, for the first time or again. */
export type WebhookDeliveryStatus = (typeof deliveryStatuses)[number];

/**
 * An event on its way to a webhook. `recordEvent` inserts it with the event, so this table is the outbox. No
 * foreign keys: they would make all sign-ins lock the row of each webhook.
 */
export const WebhookDeliveryEntity = defineEntity({
  name: 'WebhookDelivery',
  tableName: 'webhook_deliveries',
  indexes: [
    { properties: ['webhookId', 'id'] },
    {
      name: 'webhook_deliveries_due_index',
      properties: ['webhookId', 'nextAttemptAt'],
      where: "status = 'PENDING'",
    },
  ],
  properties: {
    id: p.uuid().primary(),
    webhookId: p.uuid(),
    eventId: p.uuid(),
    eventType: p.text().$type<SecurityEventType>(),
    /** The time of the event. */
    at: p.datetime().index(),
    status: p.enum(deliveryStatuses),
    /** How often it was tried. An attempt in progress counts. */
    attempts: p.integer(),
    /** The HTTP status of the last answer; null if there was none. */
    responseStatus: p.integer().nullable(),
    /** When to try it; while an attempt is in progress, when to try it again if this process dies. */
    nextAttemptAt: p.datetime().nullable(),
  },
});
