import { graphql } from '../api/graphql.js';
import type { WebhookDeliveriesQuery, WebhookListQuery } from '../generated/graphql.js';

/** All webhooks, newest first. */
export const WebhookList = graphql(`
  query WebhookList { webhooks { id url description eventTypes status createdAt } }
`);

/** One webhook. */
export const WebhookDetails = graphql(`
  query WebhookDetails($id: ID!) {
    node(id: $id) { __typename ... on Webhook { id url description eventTypes status createdAt } }
  }
`);

/** A page of the deliveries of a webhook. */
export const WebhookDeliveries = graphql(`
  query WebhookDeliveries($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
    node(id: $id) {
      __typename
      ... on Webhook {
        id
        deliveries(first: $first, after: $after, last: $last, before: $before) {
          edges { cursor node { id eventId at eventType status attempts responseStatus nextAttemptAt } }
          pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
        }
      }
    }
  }
`);

/** What became of a delivery. */
export const DeliveryResult = graphql(`
  query DeliveryResult($id: ID!) {
    node(id: $id) { __typename ... on WebhookDelivery { id status attempts responseStatus } }
  }
`);

/** Creates a webhook. */
export const CreateWebhook = graphql(`
  mutation CreateWebhook($input: CreateWebhookInput!) {
    createWebhook(input: $input) { secret webhook { id } userErrors { code field message } }
  }
`);

/** Changes a webhook, or turns it on or off. */
export const UpdateWebhook = graphql(`
  mutation UpdateWebhook($input: UpdateWebhookInput!) {
    updateWebhook(input: $input) { webhook { id } userErrors { code field message } }
  }
`);

/** Replaces the secret of a webhook. */
export const RotateWebhookSecret = graphql(`
  mutation RotateWebhookSecret($input: RotateWebhookSecretInput!) {
    rotateWebhookSecret(input: $input) { secret webhook { id } userErrors { code field message } }
  }
`);

/** Deletes a webhook. */
export const DeleteWebhook = graphql(`
  mutation DeleteWebhook($input: DeleteWebhookInput!) {
    deleteWebhook(input: $input) { deletedWebhookId userErrors { code field message } }
  }
`);

/** Sends a test event to a webhook. */
export const TestWebhook = graphql(`
  mutation TestWebhook($input: TestWebhookInput!) {
    testWebhook(input: $input) {
      delivery { id status attempts responseStatus }
      userErrors { code field message }
    }
  }
`);

/** Tries a delivery again. */
export const RedeliverWebhook = graphql(`
  mutation RedeliverWebhook($input: RedeliverWebhookInput!) {
    redeliverWebhook(input: $input) {
      delivery { id status attempts responseStatus }
      userErrors { code field message }
    }
  }
`);

/** A webhook, without its deliveries. */
export type ListedWebhook = NonNullable<WebhookListQuery['webhooks']>[number];

/** A webhook with a page of its deliveries. */
type WebhookNode = Extract<NonNullable<WebhookDeliveriesQuery['node']>, { readonly __typename: 'Webhook' }>;

/** An event on its way to a webhook. */
export type Delivery = NonNullable<WebhookNode['deliveries']>['edges'][number]['node'];

/** The name that identifies a webhook to administrators: its description, or else its URL. */
export const nameOf = ({ description, url }: Pick<ListedWebhook, 'description' | 'url'>): string => description || url;

/** Where a webhook is shown. */
export const pathOf = (id: string): string => `/administration/webhooks/${id}`;
