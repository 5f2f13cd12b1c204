import { seconds } from '../../duration.js';
import type { ReadinessPart } from '../../telemetry/readiness.js';
import type { Database } from './database.js';
import { respondsWithin } from './responds-within.js';

/** How long the database may take to answer. */
const READY_TIMEOUT_MS = seconds(1.5);

/** The database is well if it answers in time. */
export const databaseReadiness = ({ reader }: Pick<Database, 'reader'>): ReadinessPart => ({
  name: 'database',
  findFault: async () => ((await respondsWithin(reader, READY_TIMEOUT_MS)) ? null : 'the database does not answer'),
});
