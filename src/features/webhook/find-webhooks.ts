import { sql } from 'kysely';
import { select, type Reader } from '../../database/read/select.js';
import type { SecurityEventType } from '../security-event/security-event.entity.js';

/** A webhook without its secrets. */
export type WebhookRow = Awaited<ReturnType<typeof allWebhooks>>[number];

/** The public columns of a webhook. */
export const webhookColumns = [
  'webhooks.id',
  'webhooks.url',
  'webhooks.description',
  sql<SecurityEventType[]>`webhooks.event_types`.as('eventTypes'),
  'webhooks.status',
  'webhooks.created_at as createdAt',
] as const;

const allWebhooks = select('webhooks', (db) => db.selectFrom('webhooks').select(webhookColumns).orderBy('id', 'desc'));

/** Finds all webhooks, newest first. There are at most 20. */
export const findWebhooks = (reader: Reader): Promise<readonly WebhookRow[]> => allWebhooks(reader, {});

const webhookById = select('webhook_by_id', (db, { id }: { id: string }) =>
  db.selectFrom('webhooks').where('id', '=', id).select(webhookColumns),
);

/** Finds a webhook; null if it is unknown or deleted. */
export async function findWebhook(reader: Reader, id: string): Promise<WebhookRow | null> {
  const [row] = await webhookById(reader, { id });
  return row ?? null;
}
