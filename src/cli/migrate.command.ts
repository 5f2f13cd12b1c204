import type { Command } from 'commander';
import { printResult } from './print-result.js';
import { migrated, withDatabase } from './with-database.js';

/** `postern migrate`. */
export function addMigrateCommand(program: Command): void {
  program
    .command('migrate')
    .description('bring the database up to date')
    .action((_options: object, command: Command) =>
      withDatabase(({ migrations }) => {
        printResult(
          command,
          migrations.length > 0 ? `${migrations.length} migrations applied.` : 'The database was up to date.',
          { migrations },
        );
      }, migrated),
    );
}
