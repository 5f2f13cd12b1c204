import { minutes, seconds } from '../duration.js';
import type { MachineClock } from '../database/connection/machine-clock.js';
import type { Logger } from '../telemetry/logger.js';

/** How often the database is asked for its time. */
const CHECK_INTERVAL_MS = minutes(1);

/** How often to look whether the clock was set or the machine slept. Then the database is asked immediately. */
const LOOK_INTERVAL_MS = seconds(1);

/** Smaller differences are normal and not logged. */
const LOGGED_DIFFERENCE_MS = seconds(2);

/**
 * Compares the clock with the database's now and every minute, and logs a difference.
 *
 * @returns a function that stops it
 */
export async function watchClock(clock: MachineClock, logger: Logger): Promise<() => void> {
  const check = async () => {
    // Other parts show that the database does not answer.
    await clock.check().catch(() => undefined);
    const differenceSeconds = Math.round(clock.differenceMs / 1_000);
    if (!clock.isRight)
      logger.error(
        { differenceSeconds },
        'the clock of this machine is more than a minute from the database’s; set it. Until then this process is not ready, and sends, seals and deletes nothing',
      );
    else if (Math.abs(clock.differenceMs) > LOGGED_DIFFERENCE_MS)
      logger.warn({ differenceSeconds }, 'the clock of this machine differs from the database’s');
  };
  await check();
  const look = () => {
    // The next check logs a difference.
    if (!clock.isSteady) void clock.check().catch(() => undefined);
  };
  const timers = [setInterval(() => void check(), CHECK_INTERVAL_MS), setInterval(look, LOOK_INTERVAL_MS)];
  for (const timer of timers) timer.unref();
  return () => timers.forEach(clearInterval);
}
