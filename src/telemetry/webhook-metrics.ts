import { Counter } from 'prom-client';

/** Attempts to deliver events to webhooks, by outcome. A registry must add it. */
export const webhookDeliveries = new Counter({
  name: 'postern_webhook_deliveries_total',
  help: 'Attempts to deliver events to webhooks, by outcome: DELIVERED, RETRIED later, or FAILED, which is given up.',
  labelNames: ['outcome'] as const,
  registers: [],
});

for (const outcome of ['DELIVERED', 'RETRIED', 'FAILED']) webhookDeliveries.inc({ outcome }, 0);
