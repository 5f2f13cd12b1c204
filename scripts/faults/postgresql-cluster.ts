import { execFileSync } from 'node:child_process';
import { appendFileSync, chownSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { findFreePort } from '../../test/support/free-port.js';

/** A PostgreSQL server for a trial, from Debian’s package. It listens on this machine, and asks for no password. */
export interface Cluster {
  readonly url: string;
  run(statement: string): Promise<pg.QueryResult>;
  /** Makes another server that follows this one, and lets each commit here wait for it. */
  addStandby(): Promise<Cluster>;
  /** Ends the server without a checkpoint, as a crash does. */
  crash(): void;
  /** Ends the server and removes its files. */
  remove(): void;
}

const SUPERUSER = 'postgres';

/** PostgreSQL doesn't run as root. */
const account = { uid: idOf('-u'), gid: idOf('-g') };

function idOf(flag: '-u' | '-g'): number {
  return Number(execFileSync('id', [flag, SUPERUSER]));
}

function execute(program: string, ...argv: string[]): void {
  const [file] = globSync(`/usr/lib/postgresql/*/bin/${program}`).toSorted().reverse();
  if (!file) throw new Error(`${program} is missing. Install Debian's package postgresql.`);
  execFileSync(file, argv, { ...account, stdio: ['ignore', 'ignore', 'pipe'], cwd: '/' });
}

/** Makes an empty server. */
export const makeCluster = (): Promise<Cluster> =>
  startIn(newFolder(), (data) => {
    execute('initdb', '-D', data, '-U', SUPERUSER, '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync');
  });

function newFolder(): string {
  const folder = mkdtempSync('/tmp/postern-failover-');
  chownSync(folder, account.uid, account.gid);
  return folder;
}

async function startIn(folder: string, fill: (data: string) => void): Promise<Cluster> {
  const data = join(folder, 'data');
  fill(data);
  const port = await findFreePort();
  appendFileSync(
    join(data, 'postgresql.conf'),
    `\nport = ${port}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = ''\n`,
  );
  execute('pg_ctl', '-D', data, '-l', join(folder, 'log'), '-w', 'start');
  const url = `postgres://${SUPERUSER}@127.0.0.1:${port}/${SUPERUSER}`;
  const stop = () => {
    execute('pg_ctl', '-D', data, '-m', 'immediate', '-w', 'stop');
  };
  const run = async (statement: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    return client.query(statement).finally(() => client.end());
  };
  return {
    url,
    run,
    addStandby: async () => {
      const standby = await startIn(newFolder(), (copy) => {
        execute(
          'pg_basebackup',
          '-d',
          `${url}?application_name=standby`,
          '-D',
          copy,
          '-R',
          '-X',
          'stream',
          '-c',
          'fast',
        );
      });
      await run("alter system set synchronous_standby_names = 'standby'");
      await run('select pg_reload_conf()');
      return standby;
    },
    crash: stop,
    remove: () => {
      try {
        stop();
      } catch {
        // It has crashed.
      }
      rmSync(folder, { recursive: true });
    },
  };
}
