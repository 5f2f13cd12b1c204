import type { Command } from 'commander';
import { fork } from '../database/connection/database.js';
import { PartitionsInUseError, formatMonth, toMonth, type Month } from '../database/partition/monthly-partitions.js';
import { MonthStillOpenError, purgeUsage } from '../features/usage/purge-usage.js';
import { ensureRightClock } from './ensure-right-clock.js';
import { printResult, CommandError } from './print-result.js';
import { withDatabase } from './with-database.js';

/** `postern usage …`. */
export function addUsageCommands(program: Command): void {
  program
    .command('usage')
    .description('manage logs and totals of AI calls')
    .command('purge')
    .description('permanently delete logs and totals before a month; the used quota of call keys stays')
    .requiredOption('--before <month>', 'first month to keep, e.g. 2026-08', parseMonth)
    .action(purge);
}

function parseMonth(text: string): Month {
  if (!/^\d{4}-(?:0[1-9]|1[0-2])$/.test(text))
    throw new CommandError(`Invalid month ${text}. Enter a month such as 2026-08.`);
  return toMonth(new Date(`${text}-01T00:00:00Z`));
}

function toCommandError(error: unknown): unknown {
  if (error instanceof MonthStillOpenError)
    return new CommandError(
      `Calls can still be recorded for ${formatMonth(error.oldestOpen)} and later. Use --before ${formatMonth(error.oldestOpen)} or an earlier month.`,
    );
  if (error instanceof PartitionsInUseError)
    return new CommandError('Usage is being read right now, perhaps by a backup. Try again when that has finished.');
  return error;
}

async function purge({ before }: { before: Month }, command: Command): Promise<void> {
  await withDatabase(async ({ database }) => {
    await ensureRightClock(database);
    const months = await purgeUsage(fork(database), before, new Date()).catch((error: unknown) => {
      throw toCommandError(error);
    });
    const droppedMonths = months.map(formatMonth);
    printResult(
      command,
      droppedMonths.length === 0
        ? 'No usage to delete before that month.'
        : `Deleted the usage of ${droppedMonths.join(', ')}.`,
      { removed: droppedMonths },
    );
  });
}
