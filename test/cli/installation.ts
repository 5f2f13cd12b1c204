import { expect } from '@jest/globals';
import type { Database } from '../../src/database/connection/database.js';
import { openEmbedded } from '../../src/database/connection/embedded.js';
import { openPostgresql } from '../../src/database/connection/postgresql.js';
import { query } from '../support/database.js';
import { openRaceDatabase } from '../support/race-database.js';
import { cleanUp, migratedFolder, runCommand, type Ended, type Environment } from '../support/server-process.js';

/** An installation of Postern that commands run on. */
export interface Installation {
  readonly settings: Environment;
  readonly run: (...argv: string[]) => Promise<Ended>;
  /** Works in the database. No process may hold an embedded one at that time. */
  readonly inDatabase: <Result>(work: (database: Database) => Promise<Result>) => Promise<Result>;
  /** Stops its processes and deletes it. */
  readonly end: () => Promise<void>;
}

/** Opens a migrated installation without accounts. */
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

/** An installation in a temporary folder. */
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

/** An installation on the PostgreSQL server that `TEST_DATABASE_URL` names. */
export const openPostgresqlInstallation: OpenInstallation = async () => {
  const { url, drop } = await openRaceDatabase();
  return installation({ DATABASE_URL: url }, () => openPostgresql(url), drop);
};

/** Adds the ROOT account ada, without a second factor. No password opens it. */
export const addRoot = (database: Database) =>
  query(
    database,
    "insert into accounts (id, username, role, status, created_at, password_hash) values (gen_random_uuid(), 'ada', 'ROOT', 'ACTIVE', now(), 'x')",
  );

/** Every row of every table of Postern, and the number of queued jobs, as text. */
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

/** A failed mail as the queue stores it, with the reply of a mail server. */
export const giveUpMail = (database: Database, said: string) =>
  query(
    database,
    `
  insert into pgboss.job (name, data, output, source_created_on, source_output, created_on)
  values ('mail-failed', '{"kind":"NOTICE","eventId":"1"}', null, '2026-11-01T08:00:00Z', jsonb_build_object('message', ?::text), '2026-11-02T08:00:00Z')`,
    [said],
  );

/** Runs commands that must fail, print nothing to standard output and change nothing. @returns their error messages */
export async function userErrorsOf(postern: Installation, ...commands: string[][]): Promise<string[]> {
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

/** The objects that a command prints with `--json`, one per line. */
export const objectsIn = ({ stdout }: Ended): any[] =>
  stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as unknown);
