import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { findFreePort } from './free-port.ts';

/** PgBouncer refuses to run as root, so it then runs as this user. */
const UNPRIVILEGED = 65_534;

/** How long PgBouncer may take to start (in ms). */
const PATIENCE_MS = 10_000;

/** A running PgBouncer. */
export interface Pgbouncer {
  /** The URL of the same database through it. */
  readonly url: string;
  /** Kills it, and starts it again at the same port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts PgBouncer (Debian's package `pgbouncer`) before a PostgreSQL server, with few connections per database. */
export function startPgbouncer(serverUrl: string, mode: 'transaction' | 'session'): Promise<Pgbouncer> {
  const { hostname, port } = new URL(serverUrl);
  return startConfigured(
    serverUrl,
    (ownPort, users) => `[databases]
* = host=${hostname} port=${port || 5432}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${ownPort}
unix_socket_dir =
auth_type = trust
auth_file = ${users}
pool_mode = ${mode}
default_pool_size = ${mode === 'session' ? 30 : 6}
max_client_conn = 1000
server_idle_timeout = 5
server_login_retry = 1
`,
  );
}

/**
 * Starts PgBouncer with a configuration, and a file of users with the user and the password of a URL.
 *
 * @param serverUrl the database as it is without PgBouncer
 */
export async function startConfigured(
  serverUrl: string,
  configuration: (port: number, usersFile: string) => string,
): Promise<Pgbouncer> {
  const { username, password } = new URL(serverUrl);
  const folder = mkdtempSync(join(tmpdir(), 'postern-pgbouncer-'));
  chmodSync(folder, 0o755);
  const ownPort = await findFreePort();
  const users = join(folder, 'users.txt');
  writeFileSync(users, `"${username}" "${password}"\n`);
  writeFileSync(join(folder, 'pgbouncer.ini'), configuration(ownPort, users));
  const asRoot = process.getuid?.() === 0 ? { uid: UNPRIVILEGED, gid: UNPRIVILEGED } : {};
  const start = () => spawn('pgbouncer', ['-q', join(folder, 'pgbouncer.ini')], { stdio: 'ignore', ...asRoot });
  let bouncer = start();
  await once(bouncer, 'spawn');
  const url = new URL(serverUrl);
  url.hostname = '127.0.0.1';
  url.port = String(ownPort);
  await untilReachable(url.href);
  const kill = async () => {
    bouncer.kill('SIGKILL');
    if (bouncer.exitCode === null && bouncer.signalCode === null) await once(bouncer, 'exit');
  };
  return {
    url: url.href,
    restart: async () => {
      await kill();
      bouncer = start();
      await untilReachable(url.href);
    },
    stop: async () => {
      await kill();
      rmSync(folder, { recursive: true });
    },
  };
}

async function untilReachable(connectionString: string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const client = new pg.Client({ connectionString });
    try {
      await client.connect();
      return;
    } catch (error) {
      if (performance.now() > deadline) throw error;
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}
