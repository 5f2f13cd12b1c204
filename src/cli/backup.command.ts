import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { backUp } from '../database/backup/back-up.js';
import { readBackupFile, UnusableBackup, UnwritableBackup, writeBackupFile } from '../database/backup/backup-file.js';
import { DatabaseNotEmpty, restore, type Restored } from '../database/backup/restore.js';
import { openKeyRing } from '../encryption/key-ring-on-disk.js';
import { printResult, CommandError } from './print-result.js';
import { unprepared, migratedWhenEmpty, withDatabase } from './with-database.js';

/** `postern backup` and `postern restore`. */
export function addBackupCommands(program: Command): void {
  program
    .command('backup')
    .description('write everything in the database to a file, as it is at one moment')
    .argument('<file>', 'where to; a file that is there is never overwritten')
    .addHelpText(
      'after',
      '\nThe keys (ENCRYPTION_KEYS, or the file encryption-keys in DATA_DIR) are not in it: keep them, and keep them apart.\nMails that wait to be sent are not in it either. The embedded database has to be free: stop the server first.',
    )
    .action(write);

  program
    .command('restore')
    .description(
      'put a backup into an empty database, embedded or PostgreSQL (DATABASE_URL), whichever it was made from',
    )
    .argument('<file>', 'a file that "postern backup" wrote')
    .option('--replace', 'throw away what is in the database')
    .addHelpText(
      'after',
      '\nAll of it is put in, or nothing. Everything is as it was at the backup then: sessions that were ended since are open again.',
    )
    .action(read);
}

const write = (file: string, _options: object, command: Command) =>
  withDatabase(async ({ database, config }) => {
    if (existsSync(file)) throw new CommandError(`There is a file ${file} already. It was left as it is.`);
    const keyIds = openKeyRing(config, new Date()).map(({ id }) => id);
    await backUp(database, keyIds, new Date(), (lines) => writeBackupFile(file, lines)).catch((error: unknown) => {
      throw error instanceof UnwritableBackup ? new CommandError(error.message) : error;
    });
    printResult(
      command,
      `Everything in ${database.location} is in ${file} now. It needs the keys ${keyIds.join(', ')}, which are not in it.`,
      { file, keyIds },
    );
  }, unprepared);

const read = (file: string, { replace = false }: { replace?: boolean }, command: Command) =>
  withDatabase(async ({ database, config }) => {
    const restored = await putIn(file, (lines) => restore(database, lines, new Date(), replace)).catch(
      (error: unknown) => {
        if (error instanceof UnusableBackup) throw new CommandError(`${error.message} Nothing was changed.`);
        if (error instanceof DatabaseNotEmpty)
          throw new CommandError(
            `${database.location} holds accounts or events already, and was left as it is. With --replace they are thrown away.`,
          );
        throw error;
      },
    );
    const missingKeys = restored.keyIds.filter((id) => !openKeyRing(config, new Date()).some((key) => key.id === id));
    const keys =
      missingKeys.length > 0
        ? ` Its secrets need the keys ${missingKeys.join(', ')}, which ENCRYPTION_KEYS has not: put them in before a server starts.`
        : '';
    printResult(
      command,
      `${database.location} is as the backup of ${restored.at} has it: ${restored.rows} rows.${keys}`,
      {
        ...restored,
        missingKeys,
      },
    );
  }, migratedWhenEmpty);

async function putIn(
  file: string,
  take: (lines: Parameters<Parameters<typeof readBackupFile>[1]>[0]) => Promise<Restored>,
): Promise<Restored> {
  let restored: Restored | undefined;
  await readBackupFile(file, async (lines) => {
    restored = await take(lines);
  });
  if (!restored) throw new UnusableBackup(`${file} is no backup of Postern.`);
  return restored;
}
