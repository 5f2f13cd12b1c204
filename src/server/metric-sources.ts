import type { Metric } from 'prom-client';
import type { MachineClock } from '../database/connection/machine-clock.js';
import { findKeyDate, type KeyRing } from '../crypto/key-ring.js';
import { inSeconds } from '../duration.js';
import type { MailWorker } from '../features/mail/delivery/mail-worker.js';
import type { Rejections } from '../graphql/errors/rejections.js';
import type { Dependencies } from '../http/request/create-context.js';
import type { MetricSources } from '../telemetry/registry.js';
import type { RequestMetrics } from '../telemetry/request-metrics.js';
import { currentRequest } from '../telemetry/request-record.js';
import { activeSpan } from '../telemetry/spans.js';
import { roundMs } from '../telemetry/statements.js';
import { createDatabaseFigures } from './database-figures.js';

/** The parts of a server that metrics read, besides its dependencies. */
interface MeasuredParts {
  readonly requestMetrics: RequestMetrics;
  readonly rejections: Rejections;
  readonly mail: Pick<MailWorker, 'failed'>;
  readonly machineClock: Pick<MachineClock, 'differenceMs'>;
}

/** What metrics read from the parts of a server. */
export const metricSources = (
  {
    config,
    database,
    passwords,
    keys,
    clock,
  }: Pick<Dependencies, 'config' | 'database' | 'passwords' | 'keys' | 'clock'>,
  { requestMetrics, rejections, mail, machineClock }: MeasuredParts,
): MetricSources => ({
  requests: requestMetrics,
  others: [rejections.limits, rejections.errors] as Metric[],
  waitingHashes: () => passwords.countWaiting(),
  pool: () => database.poolState(),
  figures: createDatabaseFigures(database, config),
  encryptionKeys: keys.length,
  encryptionKeySeconds: () => findKeyAge(keys, clock()),
  failedMails: async () => (await mail.failed()).length,
  clockDifferenceSeconds: () => inSeconds(machineClock.differenceMs),
});

/** The age of the newest encryption key, in seconds; NaN if its ID has no date. */
function findKeyAge([newest]: KeyRing, now: Date): number {
  const since = findKeyDate(newest);
  return since === null ? NaN : inSeconds(now.getTime() - since.getTime());
}

/** Measures how long a password hash waited for its turn, and notes it for its request. */
export const noteHashWait =
  ({ hashWaits }: RequestMetrics) =>
  (waitMs: number): void => {
    hashWaits.observe(inSeconds(waitMs));
    currentRequest()?.debug?.debug({ waitMs: roundMs(waitMs) }, 'password hash begins');
    activeSpan()?.set({ 'postern.password.wait_ms': roundMs(waitMs) });
  };
