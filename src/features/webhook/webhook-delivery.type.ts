import { Field, ID, Int, ObjectType } from 'type-graphql';
import { graphqlEnum } from '../../graphql-kit/enum.js';
import { connectionType } from '../../graphql-kit/relay/connection.js';
import { NodeType } from '../../graphql-kit/relay/node.type.js';
import { DateTimeScalar } from '../../graphql-kit/scalars/date-time.js';
import { toGlobalId } from '../../rules/global-id.js';
import type { SecurityEventType } from '../security-event/security-event.entity.js';
import { SecurityEventTypeEnum } from '../security-event/security-event.type.js';
import type { WebhookDeliveryRow } from './find-webhook-deliveries.js';
import type { WebhookDeliveryStatus } from './webhook-delivery.entity.js';

const WebhookDeliveryStatusEnum = graphqlEnum<WebhookDeliveryStatus>(
  'WebhookDeliveryStatus',
  'Whether an event has reached a webhook.',
  {
    PENDING: 'It will be tried, for the first time or again.',
    DELIVERED: 'The receiver answered with a status from 200 to 299.',
    FAILED: 'It was given up after 3 days, or because the webhook was turned off.',
  },
);

@ObjectType('WebhookDelivery', {
  description: 'An event on its way to a webhook.',
  implements: NodeType,
  simpleResolvers: true,
})
export class WebhookDeliveryType extends NodeType {
  @Field(() => ID, { description: 'The event’s ID: the `webhook-id` of the message.' })
  eventId!: string;

  @Field(() => DateTimeScalar, { description: 'When the event happened.' })
  at!: Date;

  @Field(() => SecurityEventTypeEnum, { description: 'The type of the event.' })
  eventType!: SecurityEventType;

  @Field(() => WebhookDeliveryStatusEnum, { description: 'Whether the event has reached the webhook.' })
  status!: WebhookDeliveryStatus;

  @Field(() => Int, { description: 'How often it was tried. An attempt in progress counts.' })
  attempts!: number;

  @Field(() => Int, { nullable: true, description: 'The HTTP status of the last answer. Null if there was none.' })
  responseStatus!: number | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it will be tried. Null if it won’t.' })
  nextAttemptAt!: Date | null;
}

export const WebhookDeliveryConnectionType = connectionType(WebhookDeliveryType, 'WebhookDelivery', {
  connection: 'A page of deliveries, newest first.',
  edges: 'The deliveries on this page.',
  edge: 'A delivery and its cursor.',
  node: 'The delivery.',
});

/** Maps a row to a `WebhookDelivery`. */
export const toWebhookDelivery = ({
  id,
  eventId,
  at,
  eventType,
  status,
  attempts,
  responseStatus,
  nextAttemptAt,
}: WebhookDeliveryRow): WebhookDeliveryType & { __typename: 'WebhookDelivery' } => ({
  __typename: 'WebhookDelivery',
  id: toGlobalId('WebhookDelivery', id),
  eventId: toGlobalId('SecurityEvent', eventId),
  at,
  eventType,
  status,
  attempts,
  responseStatus,
  nextAttemptAt,
});
