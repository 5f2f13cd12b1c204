// Replaces the processes of Postern one after another behind nginx, with the configuration of deploy/, while clients
// send requests at a steady rate. No request may fail. Needs root, and Debian's packages postgresql and nginx:
// npm run soak:rolling -- --seconds 60 --processes 3. The output of a run is in docs/evidence/soak.md.
import { parseArgs } from 'node:util';
import { publicProxies } from '../../test/deploy/public-proxies.js';
import { cleanUp } from '../../test/support/server-process.js';
import { makeCluster } from '../faults/postgresql-cluster.ts';
import { Api, type Door } from './api.ts';
import { Disturbances } from './disturbances.ts';
import { Ledger } from './ledger.ts';
import { ProcessSlot } from './processes.ts';
import { sendSteadily, type LoadResult } from './steady-load.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    processes: { type: 'string', default: '3' },
    rate: { type: 'string', default: '200' },
  },
});
const say = (text: string) => process.stdout.write(`${text}\n`);
const PASSWORD = 'Quiet-Harbour-71';
/** One request of this many changes something, and one signs in. */
const [CHANGE_EVERY, SIGN_IN_EVERY] = [10, 100];

/** Signs users up. @returns what sends the request of a number */
async function prepareLoad(door: Door): Promise<(number: number) => Promise<string | null>> {
  const ledger = new Ledger();
  const api = new Api(door, 'load', ledger, new Disturbances(ledger, []));
  const register = (username: string) => {
    const input = { username, password: PASSWORD, confirmPassword: PASSWORD, delivery: 'BEARER' };
    return api.mutate('register', 'user { id } session { token }', input);
  };
  // The number of sessions of a user is limited, so another one signs in.
  const [reply] = [await register('rolling'), await register('signing-in')];
  if (reply.state !== 'DONE') throw new Error(`register failed: ${JSON.stringify(reply)}`);
  const token = reply.data['session'].token as string;
  const request = (number: number) => {
    if (number % SIGN_IN_EVERY === 0)
      return api.mutate('login', 'session { token }', { login: 'signing-in', password: PASSWORD, delivery: 'BEARER' });
    if (number % CHANGE_EVERY === 0)
      return api.mutate('setLocale', 'user { id }', { locale: number % 20 === 0 ? 'EN' : 'ZH' }, token);
    return api.query('{ me { id username } }', {}, token);
  };
  return async (number) => {
    const answer = await request(number);
    if (answer.state === 'UNKNOWN') return answer.code;
    if (answer.state === 'REFUSED') return answer.codes.join();
    return number % CHANGE_EVERY === 0 || answer.data['me']?.id === reply.data['user'].id ? null : 'a wrong answer';
  };
}

/** Replaces one process after another until the time is over, each as soon as the previous one is ready. */
async function replaceInTurn(processes: readonly ProcessSlot[], until: number): Promise<number> {
  let replaced = 0;
  while (performance.now() < until) {
    const process = processes[replaced % processes.length] as ProcessSlot;
    const code = await process.stop('SIGTERM');
    if (code !== 0) throw new Error(`a process exited with ${code}`);
    await process.start();
    const { status } = await fetch(`http://${process.host}/readyz`);
    if (status !== 200) throw new Error(`/readyz answers ${status}`);
    replaced += 1;
  }
  return replaced;
}

/** The errors in the log of nginx, without what differs between two of a kind. */
function countCauses(log: string): Map<string, number> {
  const causes = new Map<string, number>();
  for (const [, cause = ''] of log.matchAll(/\*\d+ (.*?)(?:, client|$)/gm))
    causes.set(cause, (causes.get(cause) ?? 0) + 1);
  return causes;
}

function report({ count, failures, latencies }: LoadResult, replaced: number, nginxLog: string): void {
  const percentile = (share: number) => `${(latencies[Math.ceil(latencies.length * share) - 1] ?? 0).toFixed(0)} ms`;
  const failed = [...failures.values()].reduce((sum, one) => sum + one, 0);
  say(`${count} requests, ${replaced} processes replaced, ${failed} requests failed`);
  for (const [fault, times] of failures) say(`  ${times} ${fault}`);
  if (failed > 0) for (const [cause, times] of countCauses(nginxLog)) say(`  nginx, ${times} times: ${cause}`);
  say(`latency: median ${percentile(0.5)}, 95 % ${percentile(0.95)}, 99 % ${percentile(0.99)}, most ${percentile(1)}`);
  if (failed > 0) process.exitCode = 1;
}

const cluster = await makeCluster();
try {
  const settings = { DATABASE_URL: cluster.url, TRUSTED_PROXIES: '127.0.0.1', LOG_SAMPLE: '0' };
  const ended: string[] = [];
  const processes: ProcessSlot[] = [];
  for (let number = 0; number < Number(values.processes); number += 1)
    processes.push(await ProcessSlot.open(settings, (text) => ended.push(text)));
  const nginx = await publicProxies.nginx.start(processes.map(({ host }) => host));
  const send = await prepareLoad(nginx);
  const until = performance.now() + Number(values.seconds) * 1_000;
  const work = { isOver: false };
  const replacing = replaceInTurn(processes, until).finally(() => (work.isOver = true));
  const result = await sendSteadily(Number(values.rate), () => work.isOver, send);
  report(result, await replacing, nginx.process.stderr);
  if (ended.length > 0) throw new Error(ended.join());
} finally {
  await cleanUp();
  await cluster.remove();
}
