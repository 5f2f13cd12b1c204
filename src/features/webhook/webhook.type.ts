import { Field, ObjectType } from 'type-graphql';
import { graphqlEnum } from '../../graphql-kit/enum.js';
import { NodeType } from '../../graphql-kit/relay/node.type.js';
import { DateTimeScalar } from '../../graphql-kit/scalars/date-time.js';
import { toGlobalId } from '../../rules/global-id.js';
import type { SecurityEventType } from '../security-event/security-event.entity.js';
import { SecurityEventTypeEnum } from '../security-event/security-event.type.js';
import type { WebhookRow } from './find-webhooks.js';
import type { WebhookStatus } from './webhook.entity.js';

const WebhookStatusEnum = graphqlEnum<WebhookStatus>(
  'WebhookStatus',
  'Whether events are sent to a webhook. Nothing is sent, or kept for later, while it is DISABLED or FAILING.',
  {
    ACTIVE: 'Events are sent.',
    DISABLED: 'An administrator turned the webhook off.',
    FAILING: 'Nothing was delivered for five days, or the receiver answered 410. Set it to ACTIVE to start again.',
  },
);

@ObjectType('Webhook', {
  description: 'A receiver of security events over HTTP (Standard Webhooks).',
  implements: NodeType,
  simpleResolvers: true,
})
export class WebhookType extends NodeType {
  /** The row's ID, for the deliveries. */
  webhookId!: string;

  @Field(() => String, { description: 'Where events are sent.' })
  url!: string;

  @Field(() => String, { description: 'What an administrator wrote about it.' })
  description!: string;

  @Field(() => [SecurityEventTypeEnum], { description: 'The types of events that it receives. Empty means all.' })
  eventTypes!: SecurityEventType[];

  @Field(() => WebhookStatusEnum, { description: 'Whether events are sent.' })
  status!: WebhookStatus;

  @Field(() => DateTimeScalar, { description: 'When the webhook was created.' })
  createdAt!: Date;
}

/** Maps a row to a `Webhook`. */
export const toWebhook = ({
  id,
  url,
  description,
  eventTypes,
  status,
  createdAt,
}: WebhookRow): WebhookType & { __typename: 'Webhook' } => ({
  __typename: 'Webhook',
  id: toGlobalId('Webhook', id),
  webhookId: id,
  url,
  description,
  eventTypes,
  status,
  createdAt,
});
