import type { Client } from './client.js';
import { graphql } from './generated/gql.js';
import type { CreateWebhookInput, RotateWebhookSecretInput, UpdateWebhookInput } from './generated/graphql.js';

const CreateWebhook = graphql(`
  mutation CreateWebhook($input: CreateWebhookInput!) {
    createWebhook(input: $input) {
      secret
      webhook { id url description eventTypes status createdAt }
      userErrors { code field message details { limit } }
    }
  }
`);

const UpdateWebhook = graphql(`
  mutation UpdateWebhook($input: UpdateWebhookInput!) {
    updateWebhook(input: $input) {
      webhook { id url description eventTypes status }
      userErrors { code field }
    }
  }
`);

const RotateWebhookSecret = graphql(`
  mutation RotateWebhookSecret($input: RotateWebhookSecretInput!) {
    rotateWebhookSecret(input: $input) { secret webhook { id } userErrors { code field } }
  }
`);

const TestWebhook = graphql(`
  mutation TestWebhook($input: TestWebhookInput!) {
    testWebhook(input: $input) { delivery { id eventId eventType status attempts } userErrors { code field } }
  }
`);

const RedeliverWebhook = graphql(`
  mutation RedeliverWebhook($input: RedeliverWebhookInput!) {
    redeliverWebhook(input: $input) { delivery { id eventId status nextAttemptAt } userErrors { code field } }
  }
`);

const DeleteWebhook = graphql(`
  mutation DeleteWebhook($input: DeleteWebhookInput!) {
    deleteWebhook(input: $input) { deletedWebhookId userErrors { code field } }
  }
`);

const Webhooks = graphql(`
  query Webhooks {
    webhooks {
      id
      url
      description
      eventTypes
      status
      createdAt
      deliveries(first: 100) {
        edges { node { id eventId at eventType status attempts responseStatus nextAttemptAt } }
      }
    }
  }
`);

/** Where a receiver may be in tests: this machine. */
export const localNetworks = { WEBHOOK_ALLOWED_NETWORKS: '127.0.0.1,::1' };

export const createWebhook = (client: Client, input: CreateWebhookInput) => client.send(CreateWebhook, { input });
export const updateWebhook = (client: Client, input: UpdateWebhookInput) => client.send(UpdateWebhook, { input });
export const rotateWebhookSecret = (client: Client, input: RotateWebhookSecretInput) =>
  client.send(RotateWebhookSecret, { input });
export const testWebhook = (client: Client, id: string) => client.send(TestWebhook, { input: { id } });
export const redeliverWebhook = (client: Client, deliveryId: string) =>
  client.send(RedeliverWebhook, { input: { deliveryId } });
export const deleteWebhook = (client: Client, id: string) => client.send(DeleteWebhook, { input: { id } });

/** A new webhook and its secret. @throws when it is refused */
export async function newWebhook(
  client: Client,
  input: CreateWebhookInput,
): Promise<{ readonly id: string; readonly secret: string }> {
  const { data, text } = await createWebhook(client, input);
  const payload = data.createWebhook;
  if (!payload?.secret) throw new Error(`no webhook: ${text}`);
  return { id: payload.webhook!.id, secret: payload.secret };
}

/** All webhooks with their deliveries, newest first. */
export async function allWebhooks(client: Client) {
  const { data } = await client.send(Webhooks);
  return (data.webhooks ?? []).map(({ deliveries, ...webhook }) => ({
    ...webhook,
    deliveries: deliveries!.edges.map(({ node }) => node),
  }));
}

/** The deliveries of a webhook, newest first. */
export const deliveriesOf = async (client: Client, webhookId: string) =>
  (await allWebhooks(client)).find(({ id }) => id === webhookId)?.deliveries ?? [];
