import pg from 'pg';
import type { RaceDatabase } from './race-database.js';

/** The maximum time to sample the activity (in ms), so a test that forgets to stop does not keep a connection. */
const LONGEST_SAMPLING_MS = 100_000;

/** The text of every statement, in the two places where a database shows it to operators. */
export interface StatementTexts {
  /** The log: each session receives its lines as notices, so no file is read. */
  readonly log: readonly string[];
  /** What `pg_stat_activity` showed. */
  readonly activity: ReadonlySet<string>;
  stop(): Promise<void>;
}

/** Makes a database log every statement of new sessions without parameters, and records what it shows. */
export async function recordStatementTexts(race: RaceDatabase): Promise<StatementTexts> {
  for (const setting of [
    "log_statement = 'all'",
    'log_parameter_max_length = 0',
    'log_parameter_max_length_on_error = 0',
    'client_min_messages = log',
  ])
    await race.query(`alter database ${databaseName(race)} set ${setting}`);
  const { log, stop: stopHearing } = hearNotices();
  const { activity, stop: stopSampling } = await sampleActivity(race);
  return {
    log,
    activity,
    stop: async () => {
      stopHearing();
      await stopSampling();
    },
  };
}

const databaseName = ({ url }: RaceDatabase) => new URL(url).pathname.slice(1);

/** Records the notices of every connection in this process, whichever pool it belongs to. */
function hearNotices() {
  const log: string[] = [];
  const prototype = pg.Client.prototype as { emit?: pg.Client['emit'] };
  const { emit } = pg.Client.prototype;
  prototype.emit = function emitAndHear(this: pg.Client, ...event: [any, ...any[]]) {
    const [name, notice] = event as [string, { message?: string; detail?: string; where?: string } | undefined];
    if (name === 'notice') log.push([notice?.message, notice?.detail, notice?.where].join('\n'));
    return emit.apply(this, event);
  } as pg.Client['emit'];
  return {
    log,
    stop: () => {
      delete prototype.emit;
    },
  };
}

/** Repeatedly reads what the sessions of a database execute, over a connection to another database. */
async function sampleActivity(race: RaceDatabase) {
  const client = new pg.Client({ connectionString: process.env['TEST_DATABASE_URL'] });
  await client.connect();
  const activity = new Set<string>();
  const stopping = new AbortController();
  const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(LONGEST_SAMPLING_MS)]);
  const sample = async () => {
    while (!signal.aborted) {
      const { rows } = await client.query<{ query: string }>({
        name: 'sample',
        text: 'select query from pg_stat_activity where datname = $1',
        values: [databaseName(race)],
      });
      for (const { query } of rows) activity.add(query);
    }
    await client.end();
  };
  const sampling = sample();
  return {
    activity,
    stop: () => {
      stopping.abort();
      return sampling;
    },
  };
}
