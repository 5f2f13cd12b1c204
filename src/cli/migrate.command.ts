import type { Command } from 'commander';
import { pluralize } from './pluralize.js';
import { printResult } from './print-result.js';
import { migrateAlways, withDatabase } from './with-database.js';

/** `postern migrate`. */
export function addMigrateCommand(program: Command): void {
  program
    .command('migrate')
    .description('migrate the database')
    .action((_options: object, command: Command) =>
      withDatabase(({ migrations }) => {
        printResult(
          command,
          migrations.length > 0
            ? `Applied ${pluralize(migrations.length, 'migration')}.`
            : 'The database is already up to date.',
          { migrations },
        );
      }, migrateAlways),
    );
}
