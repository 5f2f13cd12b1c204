import { fork } from '../database/connection/database.js';
import { newId } from '../database/connection/id.js';
import { openKeyRing } from '../encryption/key-ring-on-disk.js';
import { createMailbox, openMailQueue } from '../features/mail/delivery/mail-queue.js';
import { disabledMailbox } from '../features/mail/mailbox.js';
import type { EventContext } from '../features/security-event/record-event.js';
import { createLogger } from '../telemetry/logger.js';
import type { CommandContext } from './with-database.js';

/** Runs a change of the operator, which records events. Notices to users are queued for the server to send. */
export async function withEventContext<Result>(
  { database, config }: CommandContext,
  change: (context: EventContext) => Promise<Result>,
): Promise<Result> {
  const now = new Date();
  const queue = config.mail.isEnabled ? await openMailQueue(database, createLogger('error')) : null;
  try {
    return await change({
      em: fork(database),
      now,
      keys: openKeyRing(config, now),
      mail: queue ? createMailbox(queue) : disabledMailbox,
      caller: { ip: null, userAgent: null, requestId: newId(now) },
    });
  } finally {
    await queue?.stop();
  }
}
