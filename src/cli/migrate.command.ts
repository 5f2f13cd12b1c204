import type { Command } from 'commander';
import { answer } from './answer.js';
import { migrated, onMachine } from './machine.js';

/** `postern migrate`. */
export function addMigrateCommand(program: Command): void {
  program
    .command('migrate')
    .description('bring the database up to date')
    .action((_options: object, command: Command) =>
      onMachine(({ migrations }) => {
        answer(
          command,
          migrations.length > 0 ? `${migrations.length} migrations applied.` : 'The database was up to date.',
          { migrations },
        );
      }, migrated),
    );
}
