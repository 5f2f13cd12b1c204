import pg from 'pg';

/** A PostgreSQL server whose databases and roles a test makes as operators do. */
export interface DatabaseServer {
  /** Runs statements on the server, or in one of its databases. */
  run(statement: string, database?: string): Promise<pg.QueryResult>;
  /** Makes a database of the test. `options` follow its name, e.g. `encoding 'LATIN1'`. @returns its name */
  makeDatabase(options?: string): Promise<string>;
  /** Makes a role of the test that can sign in without a password. @returns its name */
  makeRole(): Promise<string>;
  /** The URL of a database for a role; the role of `TEST_DATABASE_URL` unless given. */
  urlOf(database: string, role?: string): string;
  /** Drops what the test made. */
  clear(): Promise<void>;
}

let count = 0;

/** Uses the server that `TEST_DATABASE_URL` names. Its role must be a superuser. */
export function useDatabaseServer(): DatabaseServer {
  const server = process.env['TEST_DATABASE_URL'];
  if (!server) throw new Error('these tests need TEST_DATABASE_URL, the address of a PostgreSQL server');
  const made: string[] = [];
  const urlOf = (database: string, role?: string) => {
    const url = new URL(server);
    url.pathname = `/${database}`;
    if (role) url.username = role;
    return url.href;
  };
  const run = async (statement: string, database = 'postgres') => {
    const client = new pg.Client({ connectionString: urlOf(database) });
    await client.connect();
    return client.query(statement).finally(() => client.end());
  };
  const make = async (kind: 'database' | 'role', options: string) => {
    const name = `postern_${kind}_${process.pid}_${(count += 1)}`;
    await run(`create ${kind} ${name} ${options}`);
    made.push(`drop ${kind} if exists ${name}${kind === 'database' ? ' with (force)' : ''}`);
    return name;
  };
  return {
    run,
    urlOf,
    makeDatabase: (options = '') => make('database', options),
    makeRole: () => make('role', 'login'),
    clear: async () => {
      const drops = made.splice(0).sort();
      for (const drop of drops) await run(drop);
    },
  };
}
