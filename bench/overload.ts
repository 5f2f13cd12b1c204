import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { CleanUp } from './compare/clean-up.ts';
import { countOutcomes, p95, sendTimed, type Timed } from './overload/answers.ts';
import { ACCOUNTS, openCrowd, password, type Crowd } from './overload/crowd.ts';

/**
 * Measures what Postern answers when far more is asked of it than it can do (docs/evidence/measurements.md). On
 * PostgreSQL, with production settings. `--cores 0.3` gives the server a part of one core, which needs root on Linux.
 */
const {
  values: { cores },
} = parseArgs({ options: { cores: { type: 'string' } } });

const login = 'mutation ($input: LoginInput!) { login(input: $input) { session { token } userErrors { code } } }';
const setLocale = 'mutation { setLocale(input: { locale: EN }) { userErrors { code } } }';

/** How long the lock on all accounts is held, and how often each kind of request is sent meanwhile, in ms. */
const LOCK_MS = 10_000;
const INTERVAL_MS = 100;

const ipOf = (n: number) => `198.18.${Math.floor(n / 250)}.${(n % 250) + 1}`;

const signIn = ({ url }: Crowd, n: number, ip: string): Promise<Timed> =>
  sendTimed(url, login, {
    variables: { input: { login: `bench-${(n % ACCOUNTS) + 1}`, password, delivery: 'BEARER' } },
    ip,
  });

const me = ({ url, users }: Crowd, n: number): Promise<Timed> =>
  sendTimed(url, '{ me { id } }', { token: users[n % users.length]!.token, ip: ipOf(n) });

const times = <Value>(count: number, make: (n: number) => Value) => Array.from({ length: count }, (_, n) => make(n));

/** Repeats a request, one after the other, until other work has ended. */
async function repeatUntil(ended: Promise<unknown>, send: (n: number) => Promise<Timed>): Promise<Timed[]> {
  let isOver = false;
  void ended.finally(() => (isOver = true));
  const answers: Timed[] = [];
  for (let n = 0; !isOver; n += 1) answers.push(await send(n));
  return answers;
}

function report(what: string, answers: readonly Timed[]): void {
  const withoutTime = answers.filter((one) => one.outcome === 'SERVICE_UNAVAILABLE' && one.retryAfter === null).length;
  console.log(`${what}: ${countOutcomes(answers)}; p95 ${p95(answers)} ms; ${withoutTime} without Retry-After`);
}

async function measureSignIns(crowd: Crowd): Promise<void> {
  const burst = Promise.all(times(500, (n) => signIn(crowd, n, ipOf(n))));
  const reads = await repeatUntil(burst, (n) => me(crowd, n));
  report('500 concurrent sign-ins', await burst);
  report('  me meanwhile', reads);
}

async function measureOneAddress(crowd: Crowd): Promise<void> {
  const burst = Promise.all(times(500, (n) => signIn(crowd, n, '203.0.113.1')));
  const others = await repeatUntil(burst, (n) => signIn(crowd, n, ipOf(2_000 + n)));
  report('500 concurrent sign-ins from one address', await burst);
  report('  sign-ins from other addresses meanwhile', others);
}

async function measureReads(crowd: Crowd): Promise<void> {
  report('2,000 concurrent me', await Promise.all(times(2_000, (n) => me(crowd, n))));
}

async function measureLock(crowd: Crowd): Promise<void> {
  await crowd.database.query('begin; lock table accounts in access exclusive mode');
  const released = setTimeout(LOCK_MS).then(() => crowd.database.query('rollback'));
  const pending: Promise<Timed>[] = [];
  for (let n = 0; n < LOCK_MS / INTERVAL_MS; n += 1) {
    const { token } = crowd.users[n % crowd.users.length]!;
    pending.push(me(crowd, n), signIn(crowd, n, ipOf(n)), sendTimed(crowd.url, setLocale, { token, ip: ipOf(n) }));
    await setTimeout(INTERVAL_MS);
  }
  await released;
  report('reads, sign-ins and changes while accounts are locked for ten seconds', await Promise.all(pending));
}

const cleanUp = new CleanUp();
try {
  const crowd = await openCrowd(cores === undefined ? null : Number(cores), cleanUp);
  await me(crowd, 0);
  for (const measure of [measureSignIns, measureOneAddress, measureReads, measureLock]) {
    await measure(crowd);
    await setTimeout(1_000);
  }
} finally {
  await cleanUp.run();
}
