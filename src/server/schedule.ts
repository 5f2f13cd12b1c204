import { ERASE_INTERVAL_MS, eraseDeletedUsers } from '../features/administration/erase-deleted-users.js';
import { fork } from '../database/connection/database.js';
import type { Dependencies } from '../http/request/create-context.js';
import { sealAndReport } from '../features/security-event/seal-and-report.js';
import { SWEEP_INTERVAL_MS, sweep } from './sweeps.js';

/**
 * Starts the periodic work of an instance.
 *
 * @returns a function that stops it; work in progress continues
 */
export function startSchedule({ background, clock, config, database, keys, logger }: Dependencies): () => void {
  const timers = [
    setInterval(() => background.start(sweep(database, clock(), config)), SWEEP_INTERVAL_MS),
    setInterval(() => background.start(eraseDeletedUsers(fork(database), keys, clock())), ERASE_INTERVAL_MS),
    setInterval(() => background.start(sealAndReport(fork(database), keys, clock, logger)), config.eventSealMs),
  ];
  for (const timer of timers) timer.unref();
  return () => timers.forEach(clearInterval);
}
