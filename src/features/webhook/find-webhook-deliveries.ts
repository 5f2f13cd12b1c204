import { sql } from 'kysely';
import {
  fromOwners,
  isOnPage,
  pageParameters,
  type PageParameters,
  type PageRequest,
} from '../../database/read/keyset.js';
import { days } from '../../duration.js';
import type { Sweep } from '../../database/sweep/sweep.js';
import { select, type Db, type Reader } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';

/** A delivery. Its owner is its webhook. */
export type WebhookDeliveryRow = Awaited<ReturnType<typeof deliveryById>>[number];

/** The public columns of a delivery. */
export const deliveryColumns = [
  'webhook_deliveries.id',
  'webhook_deliveries.webhook_id as accountId',
  'webhook_deliveries.event_id as eventId',
  'webhook_deliveries.at',
  'webhook_deliveries.event_type as eventType',
  'webhook_deliveries.status',
  'webhook_deliveries.attempts',
  'webhook_deliveries.response_status as responseStatus',
  'webhook_deliveries.next_attempt_at as nextAttemptAt',
] as const;

interface Parameters extends PageParameters {
  readonly webhookIds: readonly string[];
}

const buildPageQuery = (direction: 'asc' | 'desc') => (db: Db, parameters: Parameters) =>
  fromOwners(db, parameters.webhookIds)
    .innerJoinLateral(
      ({ selectFrom }) =>
        selectFrom('webhook_deliveries')
          .whereRef('webhook_deliveries.webhook_id', '=', 'owners.account_id')
          .where(({ ref }) => isOnPage(ref('webhook_deliveries.id'), parameters))
          .orderBy('webhook_deliveries.id', direction)
          .limit(sql<number>`${parameters.limit}`)
          .select(deliveryColumns)
          .as('delivery'),
      (join) => join.onTrue(),
    )
    .selectAll('delivery');

const deliveriesForward = select('webhook_deliveries_forward', buildPageQuery('desc'));
const deliveriesBackward = select('webhook_deliveries_backward', buildPageQuery('asc'));

/** Finds the rows of a page of deliveries for each webhook, in one statement. */
export const findWebhookDeliveries = (
  { reader }: Pick<RuleContext, 'reader'>,
  webhookIds: readonly string[],
  { page }: { readonly page: PageRequest },
): Promise<readonly WebhookDeliveryRow[]> =>
  (page.backward ? deliveriesBackward : deliveriesForward)(reader, { ...pageParameters(page), webhookIds });

const deliveryById = select('webhook_delivery_by_id', (db, { id }: { id: string }) =>
  db
    .selectFrom('webhook_deliveries')
    .innerJoin('webhooks', 'webhooks.id', 'webhook_deliveries.webhook_id')
    .where('webhook_deliveries.id', '=', id)
    .select(deliveryColumns),
);

/** Finds a delivery; null if it is unknown or its webhook was deleted. */
export async function findWebhookDelivery(reader: Reader, id: string): Promise<WebhookDeliveryRow | null> {
  const [row] = await deliveryById(reader, { id });
  return row ?? null;
}

/** Deletes deliveries 30 days after their events, also those of deleted webhooks. */
export const oldWebhookDeliveries: Sweep = {
  name: 'webhookDeliveries',
  table: 'webhook_deliveries',
  key: 'id',
  expiry: 'at',
  retentionMs: days(30),
};
