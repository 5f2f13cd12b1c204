// Shows what two processes of Postern do when their database fails over. Needs root, and Debian's package postgresql,
// for three servers: npm run build && npx tsx scripts/faults/failover.ts. The output of a run is in
// docs/evidence/failover.md.
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '../../test/support/client.js';
import { findLost, registerAt, type Registered } from '../../test/support/registrations.js';
import { cleanUp, startServer, type ServerProcess } from '../../test/support/server-process.js';
import { openProxy, type TcpProxy } from '../../test/support/tcp-proxy.js';
import { makeCluster, type Cluster } from './postgresql-cluster.ts';

const PAUSE_MS = 100;
const DOWN_MS = 5_000;

const say = (text: string) => process.stdout.write(`${text}\n`);
const seconds = (since: number) => `${((performance.now() - since) / 1_000).toFixed(1)} s`;
const isReady = async ({ url }: ServerProcess) => (await fetch(`${url}/readyz`)).status === 200;
const isSignedIn = async ({ client }: Registered) => (await client.send('{ me { id } }')).errors.length === 0;

/** Two processes of one Postern. */
type Processes = readonly [ServerProcess, ServerProcess];

async function untilReady(processes: Processes): Promise<void> {
  for (const server of processes) while (!(await isReady(server))) await sleep(PAUSE_MS);
}

/** The same session at another process. */
function atProcess({ url }: ServerProcess, user: Registered): Registered {
  const client = new Client(url);
  client.token = user.token;
  return { ...user, client };
}

/** Signs out, again if the answer is SERVICE_UNAVAILABLE. @returns how often it tried */
async function signOut({ client }: Registered): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    const { errors } = await client.send('mutation { logout { userErrors { code } } }');
    if (errors.length === 0) return tries;
    await sleep(PAUSE_MS);
  }
}

/** The address moves to the standby, and the old server lives on, read-only, with its connections. */
async function switchOver(processes: Processes, proxy: TcpProxy, old: Cluster, next: Cluster): Promise<void> {
  const [first, second] = processes;
  const users: { here: Registered; there: Registered; number: number }[] = [];
  for (const [number, server, other] of [[1, first, second] as const, [2, second, first] as const]) {
    const here = await registerAt(server);
    users.push({ here, there: atProcess(other, here), number });
  }
  await old.run('alter system set default_transaction_read_only = on');
  await old.run('select pg_reload_conf()');
  for (const { here, number } of users) {
    const { errors } = await here.client.send('mutation { logout { userErrors { code } } }');
    say(
      `1. The first server is read-only: a sign-out at process ${number} answers ${JSON.stringify(errors[0]?.extensions)}.`,
    );
  }
  for (const server of processes) {
    const response = await fetch(`${server.url}/readyz`);
    say(`2. /readyz answers ${response.status}: ${await response.text()}`);
  }
  await next.run('select pg_promote()');
  proxy.redirect(next.url);
  const startedAt = performance.now();
  for (const { here, there, number } of users) {
    const tries = await signOut(here);
    const state = (await isSignedIn(here)) || (await isSignedIn(there)) ? 'still has' : 'no longer has';
    say(
      `3. The address leads to the second server: a sign-out at process ${number} is done after ${tries} tries; the user ${state} a session at either process.`,
    );
  }
  await untilReady(processes);
  say(`4. Both are ready ${seconds(startedAt)} after the address moved.`);
}

/** The server crashes while users sign up, and five seconds later the standby takes over. */
async function failOver(processes: Processes, proxy: TcpProxy, old: Cluster, next: Cluster): Promise<void> {
  const acknowledged: Registered[] = [];
  let refused = 0;
  let isOver = false;
  const signUpAt = async (server: ServerProcess) => {
    while (!isOver) {
      try {
        acknowledged.push(await registerAt(server));
      } catch {
        refused += 1;
        await sleep(PAUSE_MS);
      }
    }
  };
  const signUps = Promise.all([...processes, ...processes].map(signUpAt));
  await sleep(DOWN_MS);
  await old.crash();
  say(`5. The second server crashed after ${acknowledged.length} sign-ups.`);
  await sleep(DOWN_MS);
  say(
    `6. ${DOWN_MS / 1_000} seconds later: ready: ${(await Promise.all(processes.map(isReady))).join(' and ')}; ${refused} sign-ups were refused.`,
  );
  await next.run('select pg_promote()');
  proxy.redirect(next.url);
  const [startedAt, before] = [performance.now(), acknowledged.length];
  await untilReady(processes);
  while (acknowledged.length === before) await sleep(PAUSE_MS);
  say(`7. The third server takes over: the next sign-up succeeds after ${seconds(startedAt)}.`);
  await sleep(DOWN_MS);
  isOver = true;
  await signUps;
  const lost = await findLost(processes[0], acknowledged);
  say(`8. Of ${acknowledged.length} sign-ups that were acknowledged, ${lost.length} are lost.`);
}

const made: Cluster[] = [];
const keep = (cluster: Cluster) => (made.push(cluster), cluster);
const first = keep(await makeCluster());
const proxy = await openProxy(first.url);
try {
  const settings = { DATABASE_URL: proxy.url };
  const processes = [await startServer(settings), await startServer(settings)] as const;
  const second = keep(await first.addStandby());
  await switchOver(processes, proxy, first, second);
  await failOver(processes, proxy, second, keep(await second.addStandby()));
} finally {
  await cleanUp();
  await proxy.close();
  for (const cluster of made) await cluster.remove();
}
