import { REMIND_INTERVAL_MS, remindOfExpiringTokens } from '../features/access-token/remind-of-expiring-tokens.js';
import { ERASE_INTERVAL_MS, eraseDeletedUsers } from '../features/administration/erase-deleted-users.js';
import { fork } from '../database/connection/database.js';
import type { Dependencies } from '../http/request/create-context.js';
import { deleteOldEvents } from '../features/security-event/retention/delete-old-events.js';
import { sealAndReport } from '../features/security-event/seal-and-report.js';
import { SWEEP_INTERVAL_MS, sweep } from './sweeps.js';

/**
 * Starts the periodic work of an instance. It deletes what has expired, which can't be undone, and sends reminders.
 *
 * @param mayRun whether the clock is right and there is room; otherwise a round is left out
 * @returns a function that stops it; work in progress continues
 */
export function startSchedule(
  { background, clock, config, database, keys, logger, mail }: Dependencies,
  mayRun: () => boolean,
): () => void {
  const every = (milliseconds: number, work: () => Promise<unknown>) =>
    setInterval(() => {
      if (mayRun()) background.start(work());
    }, milliseconds);
  const timers = [
    every(SWEEP_INTERVAL_MS, () => sweep(database, clock(), config)),
    every(ERASE_INTERVAL_MS, () => eraseDeletedUsers({ em: fork(database), keys, now: clock(), config })),
    every(REMIND_INTERVAL_MS, () => remindOfExpiringTokens(fork(database), mail, clock())),
    every(SWEEP_INTERVAL_MS, () => deleteOldEvents({ em: fork(database), keys, now: clock(), config, logger })),
    every(config.eventSealMs, () => sealAndReport(fork(database), keys, clock, logger)),
  ];
  for (const timer of timers) timer.unref();
  return () => timers.forEach(clearInterval);
}
