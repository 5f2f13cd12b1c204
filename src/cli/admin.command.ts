import type { Command } from 'commander';
import { turnOffTwoFactor } from '../features/administration/reset-user-two-factor.js';
import { createPasswordHashing } from '../crypto/password-hash.js';
import { fork } from '../database/connection/database.js';
import { openKeyRing } from '../encryption/key-ring-on-disk.js';
import { createRoot } from '../features/sign-up/create-root.js';
import { runAction } from './run-action.js';
import { printResult, CommandError } from './print-result.js';
import { withDatabase } from './with-database.js';
import { askForPassword, readPassword } from './read-password.js';

/** `postern admin …`: what only who has the machine may do. */
export function addAdminCommands(program: Command): void {
  const admin = program.command('admin').description('administrators');

  admin
    .command('create')
    .description('make a ROOT account')
    .requiredOption('--username <name>', 'the name to sign in with')
    .option('--password-file <path>', 'a file with the password; without it the password is asked for')
    .action(create);

  admin
    .command('reset-two-factor')
    .description('take two-factor authentication off, for who lost the app and the backup codes')
    .argument('<username>', 'whose; a username, or the id of an account')
    .requiredOption('--reason <words>', 'why; it is recorded, and the person is told')
    .action((username: string, { reason }: { reason: string }, command: Command) =>
      withDatabase(async (machine) => {
        await runAction(machine, username, reason, turnOffTwoFactor);
        printResult(
          command,
          `Two-factor authentication of ${username} is off. Sessions and the API token are gone with it.`,
          { username, twoFactor: false },
        );
      }),
    );
}

async function create(
  { username, passwordFile }: { username: string; passwordFile?: string },
  command: Command,
): Promise<void> {
  await withDatabase(async ({ database, config }) => {
    const password = passwordFile ? readPassword(passwordFile) : await askForPassword();
    const passwords = await createPasswordHashing(config.argon2);
    const problem = await createRoot(
      { em: fork(database), passwords, keys: openKeyRing(config, new Date()), config, now: new Date() },
      username,
      password,
    );
    if (problem) throw new CommandError(problem);
    printResult(command, `The ROOT account ${username} is there. Sign in with it.`, { username, role: 'ROOT' });
  });
}
