import { expect } from '@jest/globals';
import type { Database } from '../../src/database/connection/database.js';
import { openEmbedded } from '../../src/database/connection/embedded.js';
import { openPostgresql } from '../../src/database/connection/postgresql.js';
import { query } from '../support/database.js';
import { openRaceDatabase } from '../support/race-database.js';
import { cleanUp, migratedFolder, runCommand, type Ended, type Environment } from '../support/server-process.js';

/** A Postern that the command line looks after. */
export interface Installation {
  readonly settings: Environment;
  /** Runs a command to its end. */
  readonly run: (...argv: string[]) => Promise<Ended>;
  /** Works in the database, while no process has it where it is embedded. */
  readonly inDatabase: <Result>(work: (database: Database) => Promise<Result>) => Promise<Result>;
  /** Ends what runs on it, and throws it away. */
  readonly end: () => Promise<void>;
}

/** Opens a migrated installation with nobody in it. */
export type OpenInstallation = () => Promise<Installation>;

const installation = (
  settings: Environment,
  open: () => Promise<Database>,
  drop: () => Promise<void>,
): Installation => ({
  settings,
  run: (...argv) => runCommand(argv, settings),
  inDatabase: async (work) => {
    const database = await open();
    return work(database).finally(database.close);
  },
  end: async () => {
    await cleanUp();
    await drop();
  },
});

/** One in a folder of its own. */
export const openEmbeddedInstallation: OpenInstallation = () => {
  const folder = migratedFolder();
  return Promise.resolve(
    installation(
      { DATA_DIR: folder },
      () => openEmbedded(folder),
      () => Promise.resolve(),
    ),
  );
};

/** One on the PostgreSQL server that `TEST_DATABASE_URL` names. */
export const openPostgresqlInstallation: OpenInstallation = async () => {
  const { url, drop } = await openRaceDatabase();
  return installation({ DATABASE_URL: url }, () => openPostgresql(url), drop);
};

/** Every row of every table of Postern, and how many mails wait, as text. */
export async function everythingIn(database: Database): Promise<string> {
  const tables = await query<{ name: string }>(
    database,
    "select tablename as name from pg_tables where schemaname = 'public' order by 1",
  );
  const rows: unknown[] = [];
  for (const { name } of tables)
    rows.push(name, await query(database, `select t::text as row from "${name}" t order by 1`));
  return JSON.stringify([rows, await query(database, 'select count(*)::int from pgboss.job')]);
}

/** A mail that was given up, as the queue keeps it, after what a mail server said of it. */
export const giveUpMail = (database: Database, said: string) =>
  query(
    database,
    `
  insert into pgboss.job (name, data, output, source_created_on, source_output, created_on)
  values ('mail-failed', '{"kind":"NOTICE","eventId":"1"}', null, '2026-11-01T08:00:00Z', jsonb_build_object('message', ?::text), '2026-11-02T08:00:00Z')`,
    [said],
  );

/**
 * Runs commands that are to be refused, of which none may change anything or answer anything. @returns what each of
 * them said
 */
export async function refusalsOf(postern: Installation, ...commands: string[][]): Promise<string[]> {
  const before = await postern.inDatabase(everythingIn);
  const said: string[] = [];
  for (const argv of commands) {
    const { stderr, ...ended } = await postern.run(...argv);
    expect({ argv, ...ended }).toEqual({ argv, code: 1, signal: null, stdout: '' });
    expect(stderr).not.toMatch(/^\s+at /m);
    said.push(stderr);
  }
  expect(await postern.inDatabase(everythingIn)).toEqual(before);
  return said;
}

/** The objects that a command with `--json` answered with, one a line. */
export const objectsIn = ({ stdout }: Ended): any[] =>
  stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as unknown);
