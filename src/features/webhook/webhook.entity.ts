import { defineEntity, p } from '@mikro-orm/core';

export const webhookStatuses = ['ACTIVE', 'DISABLED', 'FAILING'] as const;
/** Whether events are sent to a webhook. FAILING: its receiver was given up. */
export type WebhookStatus = (typeof webhookStatuses)[number];

/** A receiver of security events over HTTP. Its secrets have their own table. */
export const WebhookEntity = defineEntity({
  name: 'Webhook',
  tableName: 'webhooks',
  properties: {
    id: p.uuid().primary(),
    url: p.text(),
    description: p.text(),
    /** The types that it receives; empty means all. */
    eventTypes: p.string().array().columnType('text[]'),
    status: p.enum(webhookStatuses),
    createdAt: p.datetime(),
    /** When the first of the failures began that no delivery has ended yet; null while deliveries succeed. */
    failingSince: p.datetime().nullable(),
  },
});
