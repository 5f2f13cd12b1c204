import { existsSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { ServerProcess } from './server-process.js';

/** The number of the server that has a connection from a local port, or to a remote one (Linux); -1 if none has. */
export function findConnected(servers: readonly ServerProcess[], port: { local: number } | { remote: number }): number {
  const column = 'local' in port ? 1 : 2;
  const suffix = `:${Object.values(port)[0]!.toString(16).toUpperCase().padStart(4, '0')}`;
  const sockets = readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .flatMap((fields) => (fields[column]?.endsWith(suffix) ? [`socket:[${fields[9]}]`] : []));
  return servers.findIndex(({ pid }) => openFiles(pid).some((file) => sockets.includes(file)));
}

/** What the open files of a process are (Linux). */
function openFiles(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  return !existsSync(folder)
    ? []
    : readdirSync(folder).flatMap((file) => {
        try {
          return [readlinkSync(join(folder, file))];
        } catch {
          // It was closed meanwhile.
          return [];
        }
      });
}
