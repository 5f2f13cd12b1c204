import type { Database } from '../database/connection/database.js';
import { MachineClock } from '../database/connection/machine-clock.js';
import { CommandError } from './print-result.js';

/**
 * Stops a command that compares stored times with the clock of this machine, if the clock is wrong.
 *
 * @throws {CommandError}
 */
export async function ensureRightClock(database: Database): Promise<void> {
  const clock = new MachineClock(database);
  await clock.check();
  if (!clock.isRight)
    throw new CommandError(
      'The clock of this machine is more than a minute from the database’s. Nothing was changed. Set the clock and try again.',
    );
}
