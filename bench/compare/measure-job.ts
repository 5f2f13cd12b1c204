import { setTimeout } from 'node:timers/promises';
import type { Comparison, Cpu } from './comparison.ts';
import type { Job, Work } from './job.ts';
import type { Site } from './site.ts';

/** What a server does within this time after its last response counts as part of the measurement (in ms). */
const SETTLE_MS = 50;

/** The order of the servers within a round. With short turns, other load on the machine affects both alike. */
const TURNS = ['other', 'tree', 'tree', 'other', 'other', 'tree', 'tree', 'other'] as const;
const TURNS_OF_EACH = TURNS.length / 2;

/** V8 compiles hot code and PostgreSQL settles on plans, so this many rounds of work come first. */
const WARM_UP_ROUNDS = 3;

/** One value for the other revision and one for the working tree. */
export interface Pair<Of> {
  readonly other: Of;
  readonly tree: Of;
}

/** Runs a job at both sites in turns, round after round. The site that goes first alternates. */
export async function measureJob(job: Job, sites: Pair<Site>, works: Pair<Work>, rounds: number): Promise<Comparison> {
  const measured: Pair<Cpu[]> = { other: [], tree: [] };
  const requests = Math.ceil(job.requests / TURNS_OF_EACH);
  for (const side of ['other', 'tree'] as const) {
    for (let turn = 0; turn < WARM_UP_ROUNDS * TURNS_OF_EACH; turn += 1) await play(works[side], requests);
    await sites[side].analyze();
  }
  for (let round = 0; round < rounds; round += 1) {
    const turns: Pair<Cpu[]> = { other: [], tree: [] };
    for (const side of round % 2 === 0 ? TURNS : TURNS.map(opposite))
      turns[side].push(await measureTurn(sites[side], works[side], requests));
    for (const side of ['other', 'tree'] as const) measured[side].push(meanOf(turns[side]));
  }
  return measured;
}

const opposite = (side: keyof Pair<unknown>) => (side === 'other' ? 'tree' : 'other');

async function play(work: Work, requests: number): Promise<void> {
  await work.before?.(requests);
  await work.run(requests);
}

/** Measures one turn of some work. @returns the CPU times of one request */
export async function measureTurn(
  { backends, cpuTime }: Pick<Site, 'backends' | 'cpuTime'>,
  work: Work,
  requests: number,
): Promise<Cpu> {
  await work.before?.(requests);
  await setTimeout(SETTLE_MS);
  let server = 0;
  const database = await backends.measure(async () => {
    const before = await cpuTime();
    await work.run(requests);
    await setTimeout(SETTLE_MS);
    server = (await cpuTime()) - before;
  });
  return { server: server / requests, database: database / requests };
}

/** The mean of the turns of a round. */
export function meanOf(turns: readonly Cpu[]): Cpu {
  const mean = (part: keyof Cpu) => turns.reduce((total, cpu) => total + cpu[part], 0) / turns.length;
  return { server: mean('server'), database: mean('database') };
}
