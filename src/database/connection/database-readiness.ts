import { setTimeout as delay } from 'node:timers/promises';
import { seconds } from '../../duration.js';
import type { ReadinessPart } from '../../telemetry/readiness.js';
import type { Database } from './database.js';
import type { DatabaseState } from './probe.js';

/** How long the database may take to answer. */
const READY_TIMEOUT_MS = seconds(1.5);

const faults: Readonly<Record<DatabaseState, string | null>> = {
  WRITABLE: null,
  READ_ONLY: 'the database is read-only',
  UNREACHABLE: 'the database does not answer',
};

/** The database is well if it answers in time and accepts changes. */
export const databaseReadiness = ({ checkState }: Pick<Database, 'checkState'>): ReadinessPart => ({
  name: 'database',
  findFault: async () =>
    faults[await Promise.race([checkState(), delay(READY_TIMEOUT_MS, 'UNREACHABLE' as const, { ref: false })])],
});
