import type { Command } from 'commander';
import type { SecurityEventType } from '../features/security-event/security-event.entity.js';
import { createWebhook } from '../features/webhook/create-webhook.js';
import { deleteWebhook } from '../features/webhook/delete-webhook.js';
import { findWebhooks, type WebhookRow } from '../features/webhook/find-webhooks.js';
import { rotateWebhookSecret } from '../features/webhook/rotate-webhook-secret.js';
import { testWebhook } from '../features/webhook/test-webhook.js';
import { updateWebhook } from '../features/webhook/update-webhook.js';
import type { ManagementContext } from '../features/webhook/record-webhook-event.js';
import { resolveName } from '../net/resolve-name.js';
import { noAuthority } from '../rules/authority.js';
import { fromGlobalId, toGlobalId } from '../rules/global-id.js';
import { RefusedError } from '../rules/refuse.js';
import { escapeMisleading } from '../text/visible-text.js';
import { withEventContext } from './event-context.js';
import { parseEventTypes } from './parse-arguments.js';
import { CommandError, printResult } from './print-result.js';
import { withDatabase } from './with-database.js';

/** `postern webhooks …`. */
export function addWebhookCommands(program: Command): void {
  const webhooks = program.command('webhooks').description('manage webhooks, which receive security events');
  webhooks.command('list').description('list all webhooks').action(list);
  webhooks
    .command('create')
    .description('create a webhook and show its secret once')
    .argument('<url>', 'https URL that receives the events')
    .option('--description <text>', 'note for administrators', '')
    .option('--types <types>', 'comma-separated types of events; all if not given', parseEventTypes, [])
    .action(create);
  webhooks
    .command('test')
    .description('send a test event to a webhook; the server delivers it')
    .argument(...webhookId)
    .action(test);
  webhooks
    .command('rotate-secret')
    .description('give a webhook a new secret and show it once')
    .argument(...webhookId)
    .option('--grace-hours <hours>', 'hours for which the old secret signs too, 0 to 168', Number, 0)
    .action(rotateSecret);
  webhooks
    .command('disable')
    .description('turn a webhook off')
    .argument(...webhookId)
    .action((id: string, _options: object, command: Command) => turn(id, 'DISABLED', command));
  webhooks
    .command('enable')
    .description('turn a webhook on, also a failing one')
    .argument(...webhookId)
    .action((id: string, _options: object, command: Command) => turn(id, 'ACTIVE', command));
  webhooks
    .command('delete')
    .description('delete a webhook')
    .argument(...webhookId)
    .action(remove);
}

const webhookId = ['<id>', 'ID of the webhook (webhook_…)'] as const;

const describe = ({ id, url, description, eventTypes, status }: WebhookRow) => ({
  id: toGlobalId('Webhook', id),
  status,
  url,
  description: escapeMisleading(description),
  eventTypes,
});

const list = (_options: object, command: Command): Promise<void> =>
  withDatabase(async ({ database }) => {
    const webhooks = (await findWebhooks(database.reader)).map(describe);
    const lines = webhooks.map(
      ({ id, status, url, description, eventTypes }) =>
        `${id}  ${status.padEnd(8)}  ${url}  ${eventTypes.join(',') || 'all types'}${description && `  ${description}`}`,
    );
    printResult(command, lines.length === 0 ? 'No webhooks.' : lines.join('\n'), ...webhooks);
  });

/** Runs a change of the operator. A refusal is a failure of the command. */
const manage = <Result>(change: (context: ManagementContext) => Promise<Result>): Promise<Result> =>
  withDatabase((commandContext) =>
    withEventContext(commandContext, (context) =>
      change({ ...context, config: commandContext.config, resolveName }).catch((error: unknown) => {
        throw error instanceof RefusedError ? new CommandError(error.messageIn('EN')) : error;
      }),
    ),
  );

async function create(
  url: string,
  { description, types }: { readonly description: string; readonly types: readonly SecurityEventType[] },
  command: Command,
): Promise<void> {
  const settings = { url, description, eventTypes: types };
  const { secret, webhook } = await manage((context) => createWebhook(context, noAuthority, settings));
  const { id } = describe(webhook);
  printResult(command, `Created ${id}. This is its secret. It won't be shown again:\n${secret}`, { id, secret });
}

async function test(id: string, _options: object, command: Command): Promise<void> {
  const delivery = await manage((context) => testWebhook(context, noAuthority, fromGlobalId('Webhook', id)));
  const eventId = toGlobalId('SecurityEvent', delivery.eventId);
  printResult(command, `The server will send the event ${eventId}.`, { id, eventId });
}

async function rotateSecret(
  id: string,
  { graceHours }: { readonly graceHours: number },
  command: Command,
): Promise<void> {
  const rotation = { id: fromGlobalId('Webhook', id), graceHours };
  const { secret } = await manage((context) => rotateWebhookSecret(context, noAuthority, rotation));
  printResult(command, `This is the new secret. It won't be shown again:\n${secret}`, { id, secret });
}

async function turn(id: string, status: 'ACTIVE' | 'DISABLED', command: Command): Promise<void> {
  await manage((context) => updateWebhook(context, noAuthority, { id: fromGlobalId('Webhook', id), status }));
  printResult(command, `${id} is ${status}.`, { id, status });
}

async function remove(id: string, _options: object, command: Command): Promise<void> {
  await manage((context) => deleteWebhook(context, noAuthority, fromGlobalId('Webhook', id)));
  printResult(command, `Deleted ${id}.`, { id, deleted: true });
}
