import { actAsOperator } from '../features/administration/act-as-operator.js';
import { fork } from '../database/connection/database.js';
import { newId } from '../database/connection/id.js';
import { openKeyRing } from '../encryption/key-ring-on-disk.js';
import { createLogger } from '../telemetry/logger.js';
import { createMailbox, openMailQueue } from '../features/mail/delivery/mail-queue.js';
import { disabledMailbox } from '../features/mail/mailbox.js';
import { RefusedError } from '../rules/refuse.js';
import { CommandError } from './print-result.js';
import { findAccount } from './find-account.js';
import type { CommandContext } from './with-database.js';

/**
 * Changes an account as the operator. The notice to its user is queued for the server to send.
 *
 * @throws {CommandError} with a readable message when the change is refused
 */
export async function runAction(
  { database, config }: CommandContext,
  username: string,
  reason: string,
  change: Parameters<typeof actAsOperator>[2],
): Promise<void> {
  const [em, now] = [fork(database), new Date()];
  const { id } = await findAccount(em, username);
  const queue = config.mail.isEnabled ? await openMailQueue(database, createLogger('error')) : null;
  const context = {
    em: fork(database),
    now,
    keys: openKeyRing(config, now),
    mail: queue ? createMailbox(queue) : disabledMailbox,
    caller: { ip: null, userAgent: null, requestId: newId(now) },
  };
  try {
    await actAsOperator(context, { userId: id, reason }, change);
  } catch (error) {
    if (error instanceof RefusedError) throw new CommandError(error.messageIn('EN'));
    throw error;
  } finally {
    await queue?.stop();
  }
}
