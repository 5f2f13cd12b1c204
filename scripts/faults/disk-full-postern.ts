// Shows what Postern does on a full disk. Needs root, for a file system of 200 MiB:
// npm run build && npx tsx scripts/faults/disk-full-postern.ts. The output of a run is in docs/evidence/full-disk.md.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findLost, registerAt, type Registered } from '../../test/support/registrations.js';
import { cleanUp, startServer, type ServerProcess } from '../../test/support/server-process.js';
import { fill, withSmallDisk } from './small-disk.ts';

const WATCHED_MS = 5_000;

const say = (text: string) => process.stdout.write(`${text}\n`);

/** Signs up users for a while. @returns those that were acknowledged, and the number of the others */
async function signUp(server: ServerProcess): Promise<{ users: Registered[]; refused: number }> {
  const users: Registered[] = [];
  let refused = 0;
  const end = performance.now() + WATCHED_MS;
  while (performance.now() < end) {
    try {
      users.push(await registerAt(server));
    } catch {
      refused += 1;
      await sleep(100);
    }
  }
  return { users, refused };
}

async function readiness({ url }: ServerProcess): Promise<string> {
  const response = await fetch(`${url}/readyz`);
  return `${response.status} ${await response.text()}`;
}

async function run(disk: string): Promise<void> {
  const settings = { DATA_DIR: join(disk, 'postern'), ENCRYPTION_KEY_FILE: join(disk, 'keys') };
  const server = await startServer(settings);
  const reader = await registerAt(server);
  const { users } = await signUp(server);
  say(`1. ${users.length} users signed up. /readyz: ${await readiness(server)}`);
  fill(join(disk, 'filler'));
  const full = await signUp(server);
  say(
    `2. The disk is full: ${full.users.length} signed up, ${full.refused} were refused. /readyz: ${await readiness(server)}`,
  );
  const { data } = await reader.client.send('{ me { username } }');
  say(`3. Reads are served: ${JSON.stringify(data)}`);
  rmSync(join(disk, 'filler'));
  const after = await signUp(server);
  say(`4. After room was made: ${after.users.length} signed up, ${after.refused} were refused.`);
  fill(join(disk, 'filler'));
  const { code } = await server.process.stop();
  rmSync(join(disk, 'filler'));
  say(`5. SIGTERM on the full disk: exit ${code}.`);
  const everyone = [reader, ...users, ...full.users, ...after.users];
  const lost = await findLost(await startServer(settings), everyone);
  say(`6. After a restart: of ${everyone.length} users, ${lost.length} are lost.`);
}

await withSmallDisk(200, (disk) => run(disk).finally(cleanUp));
