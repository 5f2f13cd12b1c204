import { setFlagsFromString } from 'node:v8';
import { Command } from 'commander';
import { addAdminCommands } from './cli/admin.command.js';
import { addBackupCommands } from './cli/backup.command.js';
import { addCompletionCommand } from './cli/completion.command.js';
import { addDoctorCommand } from './cli/doctor.command.js';
import { CommandError, ChecksFailedError, wantsJson } from './cli/print-result.js';
import { addEventCommands } from './cli/events.command.js';
import { addKeyCommands } from './cli/keys.command.js';
import { addMailCommands } from './cli/mail.command.js';
import { addMigrateCommand } from './cli/migrate.command.js';
import { addPasskeyCommands } from './cli/passkeys.command.js';
import { addServiceCommands } from './cli/service.command.js';
import { addStartCommand } from './cli/start.command.js';
import { addUserCommands } from './cli/users.command.js';
import { addUsageCommands } from './cli/usage.command.js';
import { addWebhookCommands } from './cli/webhooks.command.js';
import { readVersion } from './cli/read-version.js';
import { explainFailure } from './server/start-failure.js';

/** Errors that were reported; a stream emits an error that its writer gets, too. */
const reported = new WeakSet();

// A short command would wait at its end until V8 has optimized the largest functions of the embedded database.
setFlagsFromString('--wasm-tiering-budget=1000000000');

const program = new Command('postern')
  .description("Manages a Postern server from its own machine, with the server's settings (environment variables).")
  .version(readVersion(), '-v, --version', 'print the version')
  .option('--json', 'print JSON for programs: one object per line')
  .configureHelp({ showGlobalOptions: true })
  .addHelpText('after', '\nExit codes: 0 success; 1 refused or failed; 2 a check or verification found a problem.')
  .showHelpAfterError();

addStartCommand(program);
addMigrateCommand(program);
addAdminCommands(program);
addKeyCommands(program);
addMailCommands(program);
addPasskeyCommands(program);
addEventCommands(program);
addServiceCommands(program);
addUserCommands(program);
addBackupCommands(program);
addDoctorCommand(program);
addUsageCommands(program);
addWebhookCommands(program);
addCompletionCommand(program);

// Without a listener, a reader that closes early (EPIPE) or a full disk ends the command with a stack.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return;
  process.exitCode = 1;
  complain(error);
});

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = error instanceof ChecksFailedError ? 2 : 1;
  if (!(error instanceof ChecksFailedError)) complain(error);
}

function complain(error: unknown): void {
  if (typeof error === 'object' && error !== null) {
    if (reported.has(error)) return;
    reported.add(error);
  }
  const message = error instanceof CommandError ? error.message : explainFailure(error, 'The command failed');
  process.stderr.write(`${wantsJson(program) ? JSON.stringify({ error: message }) : message}\n`);
}
