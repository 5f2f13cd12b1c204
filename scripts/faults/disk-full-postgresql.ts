// Shows what two processes of Postern do when the disk of PostgreSQL is full. Needs root, for a file system of 300 MiB,
// and Debian's package postgresql: npm run build && npx tsx scripts/faults/disk-full-postgresql.ts. The output of a run
// is in docs/evidence/full-disk.md.
import { chmodSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findLost, registerAt, type Registered } from '../../test/support/registrations.js';
import { cleanUp, startServer, type ServerProcess } from '../../test/support/server-process.js';
import { makeCluster, newFolder, type Cluster } from './postgresql-cluster.ts';
import { fill, withSmallDisk } from './small-disk.ts';

const WATCHED_MS = 5_000;

const say = (text: string) => process.stdout.write(`${text}\n`);

/** Users whose sign-up was acknowledged, and the answers of the others, each once. */
interface SignUps {
  readonly users: Registered[];
  readonly refusals: Set<string>;
}

/** Signs up users at a process for a while, one after the other. */
async function signUpAt(server: ServerProcess, { users, refusals }: SignUps): Promise<void> {
  const end = performance.now() + WATCHED_MS;
  while (performance.now() < end) {
    try {
      users.push(await registerAt(server));
    } catch (error) {
      refusals.add(/"code":"(\w+)"/.exec(String(error))?.[1] ?? String(error));
      await sleep(100);
    }
  }
}

async function signUp(processes: readonly ServerProcess[]): Promise<SignUps> {
  const result: SignUps = { users: [], refusals: new Set() };
  await Promise.all(processes.map((server) => signUpAt(server, result)));
  return result;
}

const describeRefusals = ({ refusals }: SignUps) => (refusals.size ? [...refusals].join(', ') : 'none');

async function readiness(processes: readonly ServerProcess[]): Promise<string> {
  const answers = processes.map(async ({ url }) => (await fetch(`${url}/readyz`)).status);
  return (await Promise.all(answers)).join(' and ');
}

async function run(disk: string, cluster: Cluster): Promise<void> {
  const settings = { DATABASE_URL: cluster.url };
  const processes = [await startServer(settings), await startServer(settings)] as const;
  const before = await signUp(processes);
  say(`1. ${before.users.length} users signed up. /readyz: ${await readiness(processes)}`);
  fill(join(disk, 'filler'));
  const full = await signUp(processes);
  say(
    `2. The disk is full: ${full.users.length} signed up, the others were refused with ${describeRefusals(full)}. /readyz: ${await readiness(processes)}`,
  );
  rmSync(join(disk, 'filler'));
  await cluster.restart('immediate');
  const after = await signUp(processes);
  say(
    `3. Room was made, and PostgreSQL started: ${after.users.length} signed up, refused: ${describeRefusals(after)}. /readyz: ${await readiness(processes)}`,
  );
  const everyone = [...before.users, ...full.users, ...after.users];
  const lost = await findLost(processes[0], everyone);
  say(`4. Of ${everyone.length} users, ${lost.length} are lost.`);
}

await withSmallDisk(300, async (disk) => {
  chmodSync(disk, 0o755);
  const cluster = await makeCluster(newFolder(disk));
  await run(disk, cluster)
    .finally(cleanUp)
    .finally(() => cluster.remove());
});
