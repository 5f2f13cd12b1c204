import { defineEntity, p } from '@mikro-orm/core';
import { WebhookEntity } from './webhook.entity.js';

/** A secret that signs the messages to a webhook: the current one, or the one before the last rotation. */
export const WebhookSecretEntity = defineEntity({
  name: 'WebhookSecret',
  tableName: 'webhook_secrets',
  indexes: [{ properties: ['webhook'] }],
  properties: {
    id: p.uuid().primary(),
    webhook: () => p.manyToOne(WebhookEntity).deleteRule('cascade'),
    secretCiphertext: p.text(),
    createdAt: p.datetime(),
    /** When it stops signing; null for the current one. */
    validUntil: p.datetime().nullable().index(),
  },
});
