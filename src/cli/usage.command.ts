import type { Command } from 'commander';
import { fork } from '../database/connection/database.js';
import { PartitionsInUse, monthName, monthOf, type Month } from '../database/partition/monthly-partitions.js';
import { MonthStillOpen, purgeUsage } from '../features/usage/purge-usage.js';
import { printResult, CommandError } from './print-result.js';
import { withDatabase } from './with-database.js';

/** `postern usage …`. */
export function addUsageCommands(program: Command): void {
  program
    .command('usage')
    .description('logs of AI calls, and what they come to')
    .command('purge')
    .description(
      'remove the logs and totals of all months before one, for good; what the call keys have used stays counted',
    )
    .requiredOption('--before <month>', 'the first month to keep, e.g. 2026-08', readMonth)
    .action(purge);
}

function readMonth(text: string): Month {
  if (!/^\d{4}-(?:0[1-9]|1[0-2])$/.test(text))
    throw new CommandError(`A month is written like 2026-08, and this is not one: ${text}`);
  return monthOf(new Date(`${text}-01T00:00:00Z`));
}

function describe(error: unknown): unknown {
  if (error instanceof MonthStillOpen)
    return new CommandError(
      `Calls are still recorded for ${monthName(error.oldestOpen)} and later. Keep those months: --before ${monthName(error.oldestOpen)} at the latest.`,
    );
  if (error instanceof PartitionsInUse)
    return new CommandError(
      'Usage is being read at the moment, by a backup perhaps. Try again when that is done: until then nobody else could read it.',
    );
  return error;
}

async function purge({ before }: { before: Month }, command: Command): Promise<void> {
  await withDatabase(async ({ database }) => {
    const months = await purgeUsage(fork(database), before, new Date()).catch((error: unknown) => {
      throw describe(error);
    });
    const gone = months.map(monthName);
    printResult(
      command,
      gone.length === 0 ? 'There was no usage of so early a month.' : `Removed the usage of ${gone.join(', ')}.`,
      { removed: gone },
    );
  });
}
