import type { Command } from 'commander';
import { createLogger } from '../telemetry/logger.js';
import { openMailQueue } from '../features/mail/delivery/mail-queue.js';
import { printResult } from './print-result.js';
import { withDatabase } from './with-database.js';
import { escapeMisleading } from '../text/visible-text.js';

/** `postern mail …`. */
export function addMailCommands(program: Command): void {
  program
    .command('mail')
    .description('inspect emails')
    .command('failed')
    .description('list emails that could not be sent')
    .action(listFailed);
}

async function listFailed(_options: object, command: Command): Promise<void> {
  await withDatabase(async ({ database }) => {
    const queue = await openMailQueue(database, createLogger('error'));
    const failed = await queue.failed().finally(queue.stop);
    // The reason is text from a mail server.
    const mails = failed.map((mail) => ({ ...mail, reason: escapeMisleading(mail.reason) }));
    const lines = mails.map(
      ({ createdAt, failedAt, data, reason }) =>
        `${createdAt.toISOString()}  ${data.kind.padEnd(18)} failed ${failedAt.toISOString()}: ${reason}`,
    );
    printResult(command, mails.length === 0 ? 'No emails failed.' : lines.join('\n'), ...mails);
  });
}
