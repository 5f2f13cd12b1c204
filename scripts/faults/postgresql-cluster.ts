import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, chownSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import { findFreePort } from '../../test/support/free-port.js';

/** A PostgreSQL server for a trial, from Debian’s package. It listens on this machine, and asks for no password. */
export interface Cluster {
  readonly url: string;
  run(statement: string): Promise<pg.QueryResult>;
  /** Makes another server that follows this one, and lets each commit here wait for it. */
  addStandby(): Promise<Cluster>;
  /** Ends the server without a checkpoint, as a crash does. */
  crash(): Promise<void>;
  /** Ends the server, with a checkpoint (`fast`) or without (`immediate`), and starts it again. */
  restart(mode: 'fast' | 'immediate'): Promise<void>;
  /** Stops the processes of the server where they are (SIGSTOP). @returns what lets them continue */
  pause(): () => void;
  /** Ends the server and removes its files. */
  remove(): Promise<void>;
}

const SUPERUSER = 'postgres';

/** PostgreSQL doesn't run as root. */
const account = { uid: idOf('-u'), gid: idOf('-g') };

function idOf(flag: '-u' | '-g'): number {
  return Number(execFileSync('id', [flag, SUPERUSER]));
}

/** Runs one of PostgreSQL’s programs. A server that it starts lives on. */
async function execute(program: string, ...argv: string[]): Promise<void> {
  const [file] = globSync(`/usr/lib/postgresql/*/bin/${program}`).toSorted().reverse();
  if (!file) throw new Error(`${program} is missing. Install Debian's package postgresql.`);
  const child = spawn(file, argv, { ...account, stdio: ['ignore', 'ignore', 'pipe'], cwd: '/' });
  const said = text(child.stderr);
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`${program} exited with ${code}: ${await said}`);
}

/** The processes of a server: the one that its folder names, and those that it started. */
function processesOf(data: string): number[] {
  const [first = ''] = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
  const children = execFileSync('ps', ['-o', 'pid=', '--ppid', first]).toString().trim().split(/\s+/);
  return [first, ...children].map(Number);
}

/** Makes an empty server, in a folder or a new one. */
export const makeCluster = (folder = newFolder()): Promise<Cluster> =>
  startIn(folder, (data) =>
    execute('initdb', '-D', data, '-U', SUPERUSER, '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'),
  );

/** Makes a folder that PostgreSQL may use. */
export function newFolder(parent = '/tmp'): string {
  const folder = mkdtempSync(join(parent, 'postern-cluster-'));
  chownSync(folder, account.uid, account.gid);
  return folder;
}

async function startIn(folder: string, fill: (data: string) => Promise<void>): Promise<Cluster> {
  const data = join(folder, 'data');
  await fill(data);
  const port = await findFreePort();
  appendFileSync(
    join(data, 'postgresql.conf'),
    // A standby that lost its primary would try again after 5 seconds, and each commit waits for it.
    `\nport = ${port}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = ''\nwal_retrieve_retry_interval = '500ms'\n`,
  );
  const control = (...argv: string[]) => execute('pg_ctl', '-D', data, '-l', join(folder, 'log'), '-w', ...argv);
  await control('start');
  const url = `postgres://${SUPERUSER}@127.0.0.1:${port}/${SUPERUSER}`;
  const stop = () => control('-m', 'immediate', 'stop');
  const run = async (statement: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    return client.query(statement).finally(() => client.end());
  };
  return {
    url,
    run,
    addStandby: async () => {
      const standby = await startIn(newFolder(), (copy) =>
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
        ),
      );
      await run("alter system set synchronous_standby_names = 'standby'");
      await run('select pg_reload_conf()');
      return standby;
    },
    crash: stop,
    restart: (mode) => control('-m', mode, 'restart'),
    pause: () => {
      const processes = processesOf(data);
      for (const id of processes) process.kill(id, 'SIGSTOP');
      return () => {
        for (const id of processes.reverse()) process.kill(id, 'SIGCONT');
      };
    },
    remove: async () => {
      // It may have crashed.
      await stop().catch(() => undefined);
      rmSync(folder, { recursive: true });
    },
  };
}
