import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { pluralize } from './pluralize.js';
import { backUp } from '../database/backup/back-up.js';
import {
  readBackupFile,
  InvalidBackupError,
  BackupWriteError,
  writeBackupFile,
} from '../database/backup/backup-file.js';
import { DatabaseNotEmptyError, restore, type RestoreResult } from '../database/backup/restore.js';
import { openKeyRing } from '../encryption/key-ring-on-disk.js';
import { printResult, CommandError } from './print-result.js';
import { leaveUnchanged, migrateIfEmpty, withDatabase } from './with-database.js';

/** `postern backup` and `postern restore`. */
export function addBackupCommands(program: Command): void {
  program
    .command('backup')
    .description('back up the database to a file, as a consistent snapshot')
    .argument('<file>', 'file to write; an existing file is never overwritten')
    .addHelpText(
      'after',
      '\nThe keys (POSTERN_ENCRYPTION_KEYS, or the file encryption-keys in POSTERN_DATA_DIR) are not in the backup: store them separately.\nEmails that wait to be sent are not in it either. To back up the embedded database, stop the server first.',
    )
    .action(runBackup);

  program
    .command('restore')
    .description(
      'restore a backup into an empty database, embedded or PostgreSQL (DATABASE_URL), whichever it came from',
    )
    .argument('<file>', 'file written by "postern backup"')
    .option('--replace', 'delete the current contents of the database')
    .addHelpText(
      'after',
      '\nA backup is restored completely or not at all. Everything is then as it was at the time of the backup: sessions that were revoked since are valid again.',
    )
    .action(runRestore);
}

const runBackup = (file: string, _options: object, command: Command) =>
  withDatabase(async ({ database, config }) => {
    if (existsSync(file)) throw new CommandError(`${file} already exists. Choose another file name.`);
    const keyIds = openKeyRing(config, new Date()).map(({ id }) => id);
    await backUp(database, keyIds, new Date(), (lines) => writeBackupFile(file, lines)).catch((error: unknown) => {
      throw error instanceof BackupWriteError ? new CommandError(error.message) : error;
    });
    printResult(
      command,
      `Backed up ${database.location} to ${file}. To restore it, you also need these keys, which are not in it: ${keyIds.join(', ')}.`,
      { file, keyIds },
    );
  }, leaveUnchanged);

const runRestore = (file: string, { replace = false }: { replace?: boolean }, command: Command) =>
  withDatabase(async ({ database, config }) => {
    const restored = await restoreFrom(file, (lines) => restore(database, lines, new Date(), replace)).catch(
      (error: unknown) => {
        if (error instanceof InvalidBackupError) throw new CommandError(`${error.message} Nothing was changed.`);
        if (error instanceof DatabaseNotEmptyError)
          throw new CommandError(
            `${database.location} already contains accounts or events and was not changed. To delete them, use --replace.`,
          );
        throw error;
      },
    );
    const missingKeys = restored.keyIds.filter((id) => !openKeyRing(config, new Date()).some((key) => key.id === id));
    const keys =
      missingKeys.length > 0
        ? ` POSTERN_ENCRYPTION_KEYS lacks keys for its secrets: ${missingKeys.join(', ')}. Add them before you start a server.`
        : '';
    printResult(
      command,
      `Restored ${database.location} from the backup of ${restored.at}: ${pluralize(restored.rows, 'row')}.${keys}`,
      {
        ...restored,
        missingKeys,
      },
    );
  }, migrateIfEmpty);

async function restoreFrom(
  file: string,
  restoreLines: (lines: Parameters<Parameters<typeof readBackupFile>[1]>[0]) => Promise<RestoreResult>,
): Promise<RestoreResult> {
  let restored: RestoreResult | undefined;
  await readBackupFile(file, async (lines) => {
    restored = await restoreLines(lines);
  });
  if (!restored) throw new InvalidBackupError(`${file} is not a Postern backup.`);
  return restored;
}
