import type { Command } from 'commander';
import { createPasswordHashing } from '../crypto/password-hash.js';
import { fork } from '../database/database.js';
import { openKeyRing } from '../encryption-keys.js';
import { createRoot } from '../sign-up/create-root.js';
import { answer, CommandRefused } from './answer.js';
import { onMachine } from './machine.js';
import { askForPassword, readPassword } from './read-password.js';

/** `postern admin …`: what only who has the machine may do. */
export function addAdminCommands(program: Command): void {
  const admin = program.command('admin').description('administrators');

  admin.command('create')
    .description('make a ROOT account')
    .requiredOption('--username <name>', 'the name to sign in with')
    .option('--password-file <path>', 'a file with the password; without it the password is asked for')
    .action(create);
}

async function create({ username, passwordFile }: { username: string; passwordFile?: string }, command: Command): Promise<void> {
  await onMachine(async ({ database, config }) => {
    const password = passwordFile ? readPassword(passwordFile) : await askForPassword();
    const passwords = await createPasswordHashing(config.argon2);
    const problem = await createRoot({ em: fork(database), passwords, keys: openKeyRing(config, new Date()), config, now: new Date() }, username, password);
    if (problem) throw new CommandRefused(problem);
    answer(command, `The ROOT account ${username} is there. Sign in with it.`, { username, role: 'ROOT' });
  });
}
