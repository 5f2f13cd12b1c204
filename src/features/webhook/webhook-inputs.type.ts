import { Field, ID, InputType, Int } from 'type-graphql';
import { graphqlEnum } from '../../graphql-kit/enum.js';
import type { SecurityEventType } from '../security-event/security-event.entity.js';
import { SecurityEventTypeEnum } from '../security-event/security-event.type.js';

const WebhookSwitchEnum = graphqlEnum<'ACTIVE' | 'DISABLED'>('WebhookSwitch', 'Turns a webhook on or off.', {
  ACTIVE: 'Events are sent.',
  DISABLED: 'Nothing is sent, or kept for later.',
});

@InputType({ description: 'Input of createWebhook.' })
export class CreateWebhookInput {
  @Field(() => String, {
    description:
      'An https URL, at most 2,048 characters, without a user or a fragment. Its name is resolved; all of its addresses must be public, or in `POSTERN_WEBHOOK_ALLOWED_NETWORKS`.',
  })
  url!: string;

  @Field(() => String, { defaultValue: '', description: 'A note for administrators, at most 200 characters.' })
  description!: string;

  @Field(() => [SecurityEventTypeEnum], {
    defaultValue: [],
    description: 'The types of events to receive. Empty means all.',
  })
  eventTypes!: SecurityEventType[];
}

@InputType({ description: 'Input of updateWebhook. Only the given fields change.' })
export class UpdateWebhookInput {
  @Field(() => ID, { description: 'The ID of the webhook.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'The new URL, by the rules of createWebhook.' })
  url?: string | null;

  @Field(() => String, { nullable: true, description: 'The new note, at most 200 characters.' })
  description?: string | null;

  @Field(() => [SecurityEventTypeEnum], {
    nullable: true,
    description: 'The types of events to receive from now on. Empty means all.',
  })
  eventTypes?: SecurityEventType[] | null;

  @Field(() => WebhookSwitchEnum, {
    nullable: true,
    description: 'Turns the webhook on or off. What waits to be sent is given up when it is turned off.',
  })
  status?: 'ACTIVE' | 'DISABLED' | null;
}

@InputType({ description: 'Input of rotateWebhookSecret.' })
export class RotateWebhookSecretInput {
  @Field(() => ID, { description: 'The ID of the webhook.' })
  id!: string;

  @Field(() => Int, {
    defaultValue: 0,
    description: 'For how many hours the old secret signs too, 0 to 168.',
  })
  graceHours!: number;
}

@InputType({ description: 'Input of testWebhook.' })
export class TestWebhookInput {
  @Field(() => ID, { description: 'The ID of the webhook, which must be ACTIVE.' })
  id!: string;
}

@InputType({ description: 'Input of redeliverWebhook.' })
export class RedeliverWebhookInput {
  @Field(() => ID, { description: 'The ID of the delivery. NOT_FOUND once its webhook is deleted.' })
  deliveryId!: string;
}

@InputType({ description: 'Input of deleteWebhook.' })
export class DeleteWebhookInput {
  @Field(() => ID, { description: 'The ID of the webhook.' })
  id!: string;
}
