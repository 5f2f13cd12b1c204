import { readFile } from 'node:fs/promises';
import pg from 'pg';

/** How often backends are read during a measurement (in ms). A backend that exits is counted up to its last reading. */
const READ_EVERY_MS = 200;

/** The processes that serve clients of a database. Autovacuum, WAL writer and checkpointer are excluded. */
const BACKENDS =
  "select pid, backend_start::text as start from pg_stat_activity where datname = $1 and backend_type in ('client backend', 'parallel worker')";

/** The CPU times of backends, by process id and start time (in ms). */
type Readings = Map<string, number>;

/** Measures the CPU time of the PostgreSQL backends of one database, which must run on this machine. */
export interface BackendCpu {
  /** Does some work. @returns the CPU time that the backends used during it (in ms) */
  measure(work: () => Promise<void>): Promise<number>;
  close(): Promise<void>;
}

/** Opens the measurement over a connection to another database of the server, so it does not count itself. */
export async function openBackendCpu(serverUrl: string, databaseUrl: string): Promise<BackendCpu> {
  const name = new URL(databaseUrl).pathname.slice(1);
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();

  const readInto = async (readings: Readings): Promise<void> => {
    const { rows } = await client.query<{ pid: number; start: string }>(BACKENDS, [name]);
    for (const { pid, start } of rows) {
      const ms = await cpuMsOf(pid);
      if (ms !== null) readings.set(`${pid} ${start}`, ms);
    }
    if (readings.size === 0)
      throw new Error('No backend of the database was found under /proc. PostgreSQL must run on this machine.');
  };

  return {
    measure: async (work) => {
      const before: Readings = new Map();
      await readInto(before);
      const latest = new Map(before);
      let reading = Promise.resolve();
      // The last reading reports a failure.
      const timer = setInterval(() => {
        reading = reading.then(() => readInto(latest)).catch(() => undefined);
      }, READ_EVERY_MS);
      try {
        await work();
      } finally {
        clearInterval(timer);
        await reading;
      }
      await readInto(latest);
      return sum(latest.values()) - sum(before.values());
    },
    close: () => client.end(),
  };
}

const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);

/**
 * The CPU time of a single-threaded process (in ms), or null when it has exited. `schedstat` counts user and system
 * time in nanoseconds; `stat` counts in steps of 10 ms, which is too coarse for one round.
 */
async function cpuMsOf(pid: number): Promise<number | null> {
  const text = await readFile(`/proc/${pid}/schedstat`, 'utf8').catch(() => null);
  return text === null ? null : Number(text.split(' ')[0]) / 1e6;
}
