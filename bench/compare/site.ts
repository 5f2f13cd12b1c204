import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { clonePostgresql } from '../../test/support/clone-postgresql.ts';
import { mutate, signIn, type BenchUser } from '../people.ts';
import type { Server } from '../server-process.ts';
import { enrol } from '../two-factor.ts';
import { openBackendCpu, type BackendCpu } from './backend-cpu.ts';
import type { Build } from './check-out.ts';
import type { CleanUp } from './clean-up.ts';
import { startPostern } from './postern-process.ts';

const serverUrl = process.env['TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';
/** The first account of each site. */
export const root = { username: 'bench-root', password: 'Quiet-Harbour-71' };

/**
 * Password hashing at its minimum: at the defaults, hashing would hide everything else. The environment can override
 * it.
 */
const hashing = Object.fromEntries(
  Object.entries({
    POSTERN_ARGON2_MEMORY_KIB: '19456',
    POSTERN_ARGON2_ITERATIONS: '2',
    POSTERN_ARGON2_PARALLELISM: '1',
  }).map(([name, floor]) => [name, process.env[name] ?? floor]),
);

/** A running revision with its own database, a ROOT and a gateway. */
export interface Site extends Server {
  readonly name: string;
  readonly backends: BackendCpu;
  /** A session of ROOT with a second factor. */
  readonly root: BenchUser;
  /** The API token of a service account. */
  readonly gatewayToken: string;
  /** The number of the next account, which makes both sites create the same ones. */
  nextNumber(): number;
  /** Updates the database's statistics, which makes both sites plan alike. */
  analyze(): Promise<void>;
}

/** Starts a built revision on an empty database and creates the first accounts through its API. */
export async function openSite({ name, root: folder }: Build, passwordFile: string, cleanUp: CleanUp): Promise<Site> {
  const database = await cleanUp.keep(
    () => clonePostgresql(serverUrl, 'template1'),
    ({ drop }) => drop(),
  );
  const server = await startPostern(folder, { ...hashing, ...settingsOf(database.url, passwordFile) }, cleanUp);
  const backends = await cleanUp.keep(
    () => openBackendCpu(serverUrl, database.url),
    ({ close }) => close(),
  );
  const administrator = await enrol(server.url, await signIn(server.url, root));
  const { serviceToken } = await mutate(
    server.url,
    'createUser',
    'serviceToken',
    { username: 'bench-gateway', role: 'SERVICE', reason: 'benchmark' },
    administrator.token,
  );
  let number = 0;
  return {
    ...server,
    name,
    backends,
    nextNumber: () => (number += 1),
    root: administrator,
    gatewayToken: serviceToken as string,
    analyze: () => analyze(database.url),
  };
}

const settingsOf = (databaseUrl: string, passwordFile: string) => ({
  NODE_ENV: 'production',
  POSTERN_MAIL: 'off',
  POSTERN_ENCRYPTION_KEYS: `bench:${randomBytes(32).toString('base64')}`,
  DATABASE_URL: databaseUrl,
  POSTERN_ADMIN_USERNAME: root.username,
  POSTERN_ADMIN_PASSWORD_FILE: passwordFile,
  POSTERN_EVENT_SEAL_SECONDS: '3600',
});

async function analyze(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}
