import type { Command } from 'commander';

/** Describes `postern start`. `bin/postern.js` runs it, before it loads the command line. */
export function addStartCommand(program: Command): void {
  program.command('start').description('start the server; also without a command');
}
