import { InvalidArgumentError, Option, type Command } from 'commander';
import { fork } from '../database/connection/database.js';
import { PartitionsInUseError, formatMonth, toMonth, type Month } from '../database/partition/monthly-partitions.js';
import { MonthStillOpenError, purgeUsage } from '../features/usage/purge-usage.js';
import { adHocReader } from '../database/read/ad-hoc-reader.js';
import { exportFormats, formatPages, type ExportFormat } from '../features/export/format-pages.js';
import { allUsageColumns, exportUsage } from '../features/export/usage-records.js';
import type { UsageType } from '../features/usage/usage-log.entity.js';
import { fromGlobalId } from '../rules/global-id.js';
import { ACCOUNT_ARGUMENT, findAccount } from './find-account.js';
import { parseTime } from './parse-arguments.js';
import { printStream } from './print-stream.js';
import { ensureRightClock } from './ensure-right-clock.js';
import { printResult, CommandError } from './print-result.js';
import { withDatabase } from './with-database.js';

/** `postern usage …`. */
export function addUsageCommands(program: Command): void {
  const usage = program.command('usage').description('export and manage logs and totals of AI calls');

  usage
    .command('export')
    .description('write logs of AI calls to standard output, newest first')
    .addOption(
      new Option('--format <format>', 'one JSON object per line, or CSV with a header line')
        .choices(exportFormats)
        .default('jsonl'),
    )
    .option('--from <time>', 'from this time on, e.g. 2026-11-01 or 2026-11-01T08:00:00Z', parseTime)
    .option('--to <time>', 'before this time', parseTime)
    .addOption(new Option('--type <type>', 'only calls that ended this way').choices(['CONSUME', 'ERROR']))
    .option('--call-key <id>', 'only calls with this call key', parseCallKeyId)
    .option('--model <model>', 'only calls of this model')
    .option('--request-id <id>', 'only calls with this request ID')
    .option('--user <account>', `only this account: ${ACCOUNT_ARGUMENT}`)
    .action(exportSelected);

  usage
    .command('purge')
    .description('permanently delete logs and totals before a month; the used quota of call keys stays')
    .requiredOption('--before <month>', 'first month to keep, e.g. 2026-08', parseMonth)
    .action(purge);
}

interface ExportOptions {
  readonly format: ExportFormat;
  readonly from?: Date;
  readonly to?: Date;
  readonly type?: UsageType;
  readonly callKey?: string;
  readonly model?: string;
  readonly requestId?: string;
  readonly user?: string;
}

const exportSelected = ({ format, user, ...options }: ExportOptions) =>
  withDatabase(async ({ database }) => {
    const accountId = user === undefined ? null : (await findAccount(fork(database), user)).id;
    const selection = {
      from: options.from ?? null,
      to: options.to ?? null,
      type: options.type ?? null,
      callKeyId: options.callKey ?? null,
      model: options.model ?? null,
      requestId: options.requestId ?? null,
    };
    const context = { reader: adHocReader(database.reader), now: new Date() };
    await printStream(formatPages(exportUsage(context, { accountId, selection }), format, allUsageColumns));
  });

function parseCallKeyId(text: string): string {
  const id = fromGlobalId('CallKey', text);
  if (id === null) throw new InvalidArgumentError('Enter the ID of a call key, such as callkey_0aZ…');
  return id;
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
