import { Option, type Command } from 'commander';
import { createService, type CreatedService, type NewService } from '../features/administration/create-service.js';
import { fork } from '../database/connection/database.js';
import { newId } from '../database/connection/id.js';
import { openKeyRing } from '../encryption/key-ring-on-disk.js';
import { disabledMailbox } from '../features/mail/mailbox.js';
import { recordEvent } from '../features/security-event/record-event.js';
import { defaultServiceScopes, serviceScopes, type ServiceScope } from '../rules/service-scope.js';
import { noAuthority } from '../rules/authority.js';
import { transaction } from '../rules/transaction.js';
import { RefusedError } from '../rules/refuse.js';
import { printResult, CommandError } from './print-result.js';
import { withDatabase, type CommandContext } from './with-database.js';

/** `postern service …`: accounts of services, such as gateways. */
export function addServiceCommands(program: Command): void {
  const service = program.command('service').description('manage accounts of services, such as gateways');

  service
    .command('create')
    .description('create a service account (role SERVICE) and show its API token once')
    .requiredOption('--username <name>', 'username of the account')
    .addOption(
      new Option('--scopes <scopes...>', 'what its token may do').choices(serviceScopes).default(defaultServiceScopes),
    )
    .action(create);
}

async function create(
  { username, scopes }: { readonly username: string; readonly scopes: readonly ServiceScope[] },
  command: Command,
): Promise<void> {
  await withDatabase(async (commandContext) => {
    const service = await createWithEvent(commandContext, { username, scopes }).catch(throwCommandError);
    printResult(
      command,
      `Created the SERVICE account ${service.username}. This is its API token. It won't be shown again:\n${service.token}`,
      { username: service.username, role: 'SERVICE', token: service.token },
    );
  });
}

/** Creates the account and records the event. */
function createWithEvent({ database, config }: CommandContext, newService: NewService): Promise<CreatedService> {
  const now = new Date();
  const ruleContext = {
    em: fork(database),
    config,
    now,
    keys: openKeyRing(config, now),
    mail: disabledMailbox,
    caller: { ip: null, userAgent: null, requestId: newId(now) },
  };
  return transaction(ruleContext, noAuthority, async (context) => {
    const service = await createService(context, newService);
    await recordEvent(context, { type: 'REGISTERED', accountId: service.accountId, actorId: null, detail: 'SERVICE' });
    return service;
  });
}

function throwCommandError(error: unknown): never {
  if (error instanceof RefusedError) throw new CommandError(error.messageIn('EN'));
  throw error;
}
