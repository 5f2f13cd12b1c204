import { Command } from 'commander';
import { addAdminCommands } from './cli/admin.command.js';
import { CommandRefused, wantsJson } from './cli/answer.js';
import { addKeyCommands } from './cli/keys.command.js';
import { addMailCommands } from './cli/mail.command.js';
import { addMigrateCommand } from './cli/migrate.command.js';
import { explainFailure } from './start-failure.js';

const program = new Command('postern')
  .description('Looks after a Postern from the machine that it runs on. The settings are those of the server (environment).')
  .option('--json', 'answer for programs: one JSON object a line')
  .configureHelp({ showGlobalOptions: true })
  .addHelpText('after', '\nExit codes: 0 done; 1 refused, or it cannot be done.')
  .showHelpAfterError();

addMigrateCommand(program);
addAdminCommands(program);
addKeyCommands(program);
addMailCommands(program);

try {
  await program.parseAsync();
} catch (error) {
  const message = error instanceof CommandRefused ? error.message : explainFailure(error, 'This cannot be done');
  process.stderr.write(`${wantsJson(program) ? JSON.stringify({ error: message }) : message}\n`);
  process.exitCode = 1;
}
