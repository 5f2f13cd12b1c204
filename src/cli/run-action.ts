import { actAsOperator } from '../features/administration/act-as-operator.js';
import { fork } from '../database/connection/database.js';
import { RefusedError } from '../rules/refuse.js';
import { CommandError } from './print-result.js';
import { withEventContext } from './event-context.js';
import { findAccount } from './find-account.js';
import type { CommandContext } from './with-database.js';

/**
 * Changes an account as the operator. The notice to its user is queued for the server to send.
 *
 * @throws {CommandError} with a readable message when the change is refused
 */
export async function runAction(
  commandContext: CommandContext,
  username: string,
  reason: string,
  change: Parameters<typeof actAsOperator>[2],
): Promise<void> {
  const { id } = await findAccount(fork(commandContext.database), username);
  try {
    await withEventContext(commandContext, (context) => actAsOperator(context, { userId: id, reason }, change));
  } catch (error) {
    if (error instanceof RefusedError) throw new CommandError(error.messageIn('EN'));
    throw error;
  }
}
