import type { Command } from 'commander';
import { turnOffTwoFactor } from '../features/administration/reset-user-two-factor.js';
import { createPasswordHashing } from '../crypto/password-hash.js';
import { fork } from '../database/connection/database.js';
import { openKeyRing } from '../encryption/key-ring-on-disk.js';
import { createRoot } from '../features/sign-up/create-root.js';
import { ACCOUNT_ARGUMENT } from './find-account.js';
import { runAction } from './run-action.js';
import { printResult, CommandError } from './print-result.js';
import { withDatabase } from './with-database.js';
import { promptForPassword, readPassword } from './read-password.js';

/** `postern admin …`: commands that require access to the machine. */
export function addAdminCommands(program: Command): void {
  const admin = program.command('admin').description('manage administrators');

  admin
    .command('create')
    .description('create a ROOT account')
    .requiredOption('--username <name>', 'username to sign in with')
    .option('--password-file <path>', 'file that contains the password; without it, you are prompted')
    .action(create);

  admin
    .command('reset-two-factor')
    .description('turn off two-factor authentication for a user who lost the app and the backup codes')
    .argument('<account>', ACCOUNT_ARGUMENT)
    .requiredOption('--reason <text>', 'reason; it is recorded and sent to the user')
    .action((username: string, { reason }: { reason: string }, command: Command) =>
      withDatabase(async (commandContext) => {
        await runAction(commandContext, username, reason, turnOffTwoFactor);
        printResult(
          command,
          `Two-factor authentication is off for ${username}. Their sessions, API token and access tokens were revoked.`,
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
    const password = passwordFile ? readPassword(passwordFile) : await promptForPassword();
    const passwords = await createPasswordHashing(config.argon2);
    const errorMessage = await createRoot(
      { em: fork(database), passwords, keys: openKeyRing(config, new Date()), config, now: new Date() },
      username,
      password,
    );
    if (errorMessage) throw new CommandError(errorMessage);
    printResult(command, `Created the ROOT account ${username}. You can sign in now.`, { username, role: 'ROOT' });
  });
}
