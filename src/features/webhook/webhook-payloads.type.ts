import { Field, ID, ObjectType } from 'type-graphql';
import { Payload } from '../../graphql-kit/payload.type.js';
import { WebhookDeliveryType } from './webhook-delivery.type.js';
import { WebhookType } from './webhook.type.js';

@ObjectType({ description: 'The result of createWebhook.', simpleResolvers: true })
export class CreateWebhookPayload extends Payload {
  @Field(() => String, {
    nullable: true,
    description: 'The secret that verifies messages: `whsec_` and the base64 of 32 bytes. Returned only here.',
  })
  secret?: string;

  @Field(() => WebhookType, { nullable: true, description: 'The webhook.' })
  webhook?: WebhookType;
}

@ObjectType({ description: 'The result of updateWebhook.', simpleResolvers: true })
export class UpdateWebhookPayload extends Payload {
  @Field(() => WebhookType, { nullable: true, description: 'The updated webhook.' })
  webhook?: WebhookType;
}

@ObjectType({ description: 'The result of rotateWebhookSecret.', simpleResolvers: true })
export class RotateWebhookSecretPayload extends Payload {
  @Field(() => String, { nullable: true, description: 'The new secret. Returned only here.' })
  secret?: string;

  @Field(() => WebhookType, { nullable: true, description: 'The webhook.' })
  webhook?: WebhookType;
}

@ObjectType({ description: 'The result of testWebhook.', simpleResolvers: true })
export class TestWebhookPayload extends Payload {
  @Field(() => WebhookDeliveryType, { nullable: true, description: 'The delivery, which is sent soon.' })
  delivery?: WebhookDeliveryType;
}

@ObjectType({ description: 'The result of redeliverWebhook.', simpleResolvers: true })
export class RedeliverWebhookPayload extends Payload {
  @Field(() => WebhookDeliveryType, { nullable: true, description: 'The delivery, which is sent soon.' })
  delivery?: WebhookDeliveryType;
}

@ObjectType({ description: 'The result of deleteWebhook.', simpleResolvers: true })
export class DeleteWebhookPayload extends Payload {
  @Field(() => ID, { nullable: true, description: 'The ID of the deleted webhook.' })
  deletedWebhookId?: string;
}
