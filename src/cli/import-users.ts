import { createReadStream, statSync } from 'node:fs';
import type { Command } from 'commander';
import { fork } from '../database/connection/database.js';
import { newId } from '../database/connection/id.js';
import { verifyKeys } from '../encryption/key-canaries.js';
import { openKeyRing } from '../encryption/key-ring-on-disk.js';
import { disabledMailbox } from '../features/mail/mailbox.js';
import { importUsers, type LineResult } from '../features/user-import/import-users.js';
import type { ImportContext } from '../features/user-import/insert-users.js';
import { splitLines } from '../text/split-lines.js';
import { ensureRightClock } from './ensure-right-clock.js';
import { ImportReport } from './import-report.js';
import { CommandError, printResult, wantsJson } from './print-result.js';
import { printChunk } from './print-stream.js';
import { withDatabase, type CommandContext } from './with-database.js';

/** The name of standard input. */
const STANDARD_INPUT = '-';

/** The longest line. The fields of a user fit into a hundredth of it. */
const MAXIMUM_LINE_BYTES = 64 * 1024;

/** Gives `postern users import` its description, arguments and action. */
export const defineImport = (command: Command): Command =>
  command
    .description('create accounts for users of another system, with their password hashes')
    .argument('<file>', 'JSON lines, one user per line, or - for standard input')
    .option('--dry-run', "list the lines that can't be imported, and change nothing", false)
    .option('--skip-invalid', "import the other lines if some can't be imported", false)
    .addHelpText(
      'after',
      '\nWithout --skip-invalid, nothing is imported unless every line can be. Repeating an import changes nothing, and continues one that was interrupted.\nFields: username, email, emailVerified, role, status, passwordHash, createdAt, locale, externalId. Only username is required. See docs/moving-in.md.',
    )
    .action(runImport);

interface ImportOptions {
  readonly dryRun: boolean;
  readonly skipInvalid: boolean;
}

async function runImport(file: string, { dryRun, skipInvalid }: ImportOptions, command: Command): Promise<void> {
  const isCheckedFirst = !dryRun && !skipInvalid;
  if (isCheckedFirst && !isReadableTwice(file))
    throw new CommandError(
      "This input can be read only once, so it can't be checked before the import. Add --dry-run or --skip-invalid, or save it to a file.",
    );
  await withDatabase(async (commandContext) => {
    const newContext = await contextOf(commandContext);
    const read = async (isDryRun: boolean, lists: (line: LineResult) => boolean): Promise<ImportReport> => {
      const report = new ImportReport(isDryRun, wantsJson(command));
      const lines = splitLines(file === STANDARD_INPUT ? process.stdin : createReadStream(file), MAXIMUM_LINE_BYTES);
      for await (const results of importUsers(newContext, lines, { isDryRun }))
        await printChunk(report.add(results, lists));
      return report;
    };
    if (isCheckedFirst && (await read(true, isRefused)).refused > 0)
      throw new CommandError('Nothing was imported. Correct these lines, or leave them out with --skip-invalid.');
    const report = await read(dryRun, isLeftOut);
    if (report.isEmpty) throw new CommandError('The file has no users. Nothing was imported.');
    printResult(command, report.summary, report.figures);
    if (report.refused > 0 && !skipInvalid) throw new CommandError("Some lines can't be imported.");
  });
}

const isRefused = ({ result }: LineResult): boolean => result === 'REFUSED';
const isLeftOut = ({ result }: LineResult): boolean => result !== 'IMPORTED';

/** Whether an input is a file; a pipe gives each byte once. A missing file fails when it is opened. */
const isReadableTwice = (file: string): boolean =>
  file !== STANDARD_INPUT && statSync(file, { throwIfNoEntry: false })?.isFile() !== false;

/** Makes the context of each batch, after checking the clock and the encryption keys. */
async function contextOf({ database, config }: CommandContext): Promise<() => ImportContext> {
  await ensureRightClock(database);
  const startedAt = new Date();
  const keys = openKeyRing(config, startedAt);
  await verifyKeys(fork(database), keys);
  const caller = { ip: null, userAgent: null, requestId: newId(startedAt) };
  return () => ({ em: fork(database), now: new Date(), keys, config, caller, mail: disabledMailbox });
}
