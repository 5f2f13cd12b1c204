import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { clonePostgresql } from '../../test/support/clone-postgresql.ts';
import type { CleanUp } from '../compare/clean-up.ts';
import { startPostern } from '../compare/postern-process.ts';
import { signIn, type BenchUser } from '../people.ts';
import { prepareCpuQuota } from './cpu-quota.ts';

const serverUrl = process.env['TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';

export const password = 'Quiet-Harbour-71';

/** How many accounts can sign in, and how many of them have a session. */
export const ACCOUNTS = 500;
const SESSIONS = 40;

/** A Postern with production settings and many accounts. */
export interface Crowd {
  readonly url: string;
  readonly database: pg.Client;
  readonly users: readonly BenchUser[];
}

/** Starts Postern on PostgreSQL with production settings, and creates the accounts with SQL. */
export async function openCrowd(cores: number | null, cleanUp: CleanUp): Promise<Crowd> {
  const { url: databaseUrl } = await cleanUp.keep(
    () => clonePostgresql(serverUrl, 'template1'),
    ({ drop }) => drop(),
  );
  const passwordFile = join(tmpdir(), `postern-overload-${randomBytes(6).toString('hex')}`);
  await writeFile(passwordFile, password, { mode: 0o600 });
  const limit = cores === null ? null : await prepareCpuQuota(cores, cleanUp);
  const { url, pid } = await startPostern(process.cwd(), settings(databaseUrl, passwordFile), cleanUp);
  const database = await cleanUp.keep(
    async () => {
      const client = new pg.Client({ connectionString: databaseUrl });
      await client.connect();
      return client;
    },
    (client) => client.end(),
  );
  await database.query(
    `insert into accounts (id, username, role, status, created_at, password_hash, password_changed_at)
     select gen_random_uuid(), 'bench-' || n, 'USER', 'ACTIVE', now(), root.password_hash, now()
     from generate_series(1, $1::int) n, accounts root where root.username = 'bench-root'`,
    [ACCOUNTS],
  );
  const users: BenchUser[] = [];
  for (let n = 1; n <= SESSIONS; n += 1) users.push(await signIn(url, { username: `bench-${n}`, password }));
  await limit?.(pid);
  return { url, database, users };
}

const settings = (databaseUrl: string, passwordFile: string) => ({
  NODE_ENV: 'production',
  POSTERN_MAIL: 'off',
  POSTERN_LOG_LEVEL: 'fatal',
  POSTERN_TRUSTED_PROXIES: '127.0.0.1',
  POSTERN_ENCRYPTION_KEYS: `bench:${randomBytes(32).toString('base64')}`,
  DATABASE_URL: databaseUrl,
  POSTERN_ADMIN_USERNAME: 'bench-root',
  POSTERN_ADMIN_PASSWORD_FILE: passwordFile,
});
