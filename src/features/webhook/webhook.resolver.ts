import { Arg, Args, ArgsType, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Auth } from '../../graphql-kit/auth-directive.js';
import { requireSessionViewer, type Context } from '../../graphql-kit/context.js';
import { toConnection, type Connection } from '../../graphql-kit/relay/connection.js';
import { PageArgs, parsePageArgs } from '../../graphql-kit/relay/page.js';
import { pagesByOwner } from '../../graphql-kit/relay/rows-by-owner.js';
import { fromGlobalId, toGlobalId } from '../../rules/global-id.js';
import { createWebhook } from './create-webhook.js';
import { deleteWebhook } from './delete-webhook.js';
import { findWebhookDeliveries } from './find-webhook-deliveries.js';
import { findWebhooks } from './find-webhooks.js';
import { redeliverWebhook } from './redeliver-webhook.js';
import { rotateWebhookSecret } from './rotate-webhook-secret.js';
import { testWebhook } from './test-webhook.js';
import { updateWebhook } from './update-webhook.js';
import { WebhookDeliveryConnectionType, toWebhookDelivery, type WebhookDeliveryType } from './webhook-delivery.type.js';
import {
  CreateWebhookInput,
  DeleteWebhookInput,
  RedeliverWebhookInput,
  RotateWebhookSecretInput,
  TestWebhookInput,
  UpdateWebhookInput,
} from './webhook-inputs.type.js';
import {
  CreateWebhookPayload,
  DeleteWebhookPayload,
  RedeliverWebhookPayload,
  RotateWebhookSecretPayload,
  TestWebhookPayload,
  UpdateWebhookPayload,
} from './webhook-payloads.type.js';
import { WebhookType, toWebhook } from './webhook.type.js';

const deliveries = pagesByOwner(findWebhookDeliveries);

@ArgsType()
class DeliveriesArgs extends PageArgs {}

@Resolver(() => WebhookType)
export class WebhookDeliveriesResolver {
  @Auth({ requires: 'ROOT' })
  @FieldResolver(() => WebhookDeliveryConnectionType, {
    nullable: true,
    description: 'What was sent to the webhook, newest first. Kept for 30 days.',
  })
  async deliveries(
    @Root() { webhookId }: WebhookType,
    @Args(() => DeliveriesArgs) args: DeliveriesArgs,
    @Ctx() context: Context,
  ): Promise<Connection<WebhookDeliveryType>> {
    const page = await deliveries(context, { accountId: webhookId, page: parsePageArgs(args) });
    return toConnection(page, toWebhookDelivery);
  }
}

@Resolver()
export class WebhookResolver {
  @Auth({ requires: 'ROOT' })
  @Query(() => [WebhookType], { nullable: true, description: 'All webhooks, newest first.' })
  async webhooks(@Ctx() { reader }: Context): Promise<WebhookType[]> {
    return (await findWebhooks(reader)).map(toWebhook);
  }

  @Auth({ requires: 'ROOT', stepUp: true })
  @Mutation(() => CreateWebhookPayload, {
    nullable: true,
    description: 'Creates a webhook, to which security events are sent. Its secret is returned only here.',
  })
  async createWebhook(
    @Arg('input', () => CreateWebhookInput, { description: 'The URL and the types of events.' })
    { url, description, eventTypes }: CreateWebhookInput,
    @Ctx() context: Context,
  ): Promise<CreateWebhookPayload> {
    const settings = { url, description, eventTypes };
    const { secret, webhook } = await createWebhook(context, requireSessionViewer(context), settings);
    return { secret, webhook: toWebhook(webhook) };
  }

  @Auth({ requires: 'ROOT', stepUp: true })
  @Mutation(() => UpdateWebhookPayload, {
    nullable: true,
    description: 'Changes a webhook, or turns it on or off.',
  })
  async updateWebhook(
    @Arg('input', () => UpdateWebhookInput, { description: 'The webhook and its new settings.' })
    { id, url, description, eventTypes, status }: UpdateWebhookInput,
    @Ctx() context: Context,
  ): Promise<UpdateWebhookPayload> {
    const change = {
      id: fromGlobalId('Webhook', id),
      url: url ?? undefined,
      description: description ?? undefined,
      eventTypes: eventTypes ?? undefined,
      status: status ?? undefined,
    };
    return { webhook: toWebhook(await updateWebhook(context, requireSessionViewer(context), change)) };
  }

  @Auth({ requires: 'ROOT', stepUp: true })
  @Mutation(() => RotateWebhookSecretPayload, {
    nullable: true,
    description: 'Gives a webhook a new secret. Both secrets sign for graceHours.',
  })
  async rotateWebhookSecret(
    @Arg('input', () => RotateWebhookSecretInput, { description: 'The webhook and its grace period.' })
    { id, graceHours }: RotateWebhookSecretInput,
    @Ctx() context: Context,
  ): Promise<RotateWebhookSecretPayload> {
    const rotation = { id: fromGlobalId('Webhook', id), graceHours };
    const { secret, webhook } = await rotateWebhookSecret(context, requireSessionViewer(context), rotation);
    return { secret, webhook: toWebhook(webhook) };
  }

  @Auth({ requires: 'ROOT' })
  @Mutation(() => TestWebhookPayload, {
    nullable: true,
    description: 'Sends WEBHOOK_TESTED to this webhook alone, whatever its eventTypes.',
  })
  async testWebhook(
    @Arg('input', () => TestWebhookInput, { description: 'The webhook.' }) { id }: TestWebhookInput,
    @Ctx() context: Context,
  ): Promise<TestWebhookPayload> {
    const delivery = await testWebhook(context, requireSessionViewer(context), fromGlobalId('Webhook', id));
    return { delivery: toWebhookDelivery(delivery) };
  }

  @Auth({ requires: 'ROOT' })
  @Mutation(() => RedeliverWebhookPayload, {
    nullable: true,
    description: 'Tries the same delivery again, with the same `webhook-id` and a new timestamp.',
  })
  async redeliverWebhook(
    @Arg('input', () => RedeliverWebhookInput, { description: 'The delivery.' }) { deliveryId }: RedeliverWebhookInput,
    @Ctx() context: Context,
  ): Promise<RedeliverWebhookPayload> {
    const id = fromGlobalId('WebhookDelivery', deliveryId);
    return { delivery: toWebhookDelivery(await redeliverWebhook(context, requireSessionViewer(context), id)) };
  }

  @Auth({ requires: 'ROOT', stepUp: true })
  @Mutation(() => DeleteWebhookPayload, {
    nullable: true,
    description: 'Deletes a webhook and its secret. Nothing else is sent to it.',
  })
  async deleteWebhook(
    @Arg('input', () => DeleteWebhookInput, { description: 'The webhook.' }) { id }: DeleteWebhookInput,
    @Ctx() context: Context,
  ): Promise<DeleteWebhookPayload> {
    const deleted = await deleteWebhook(context, requireSessionViewer(context), fromGlobalId('Webhook', id));
    return { deletedWebhookId: toGlobalId('Webhook', deleted) };
  }
}
