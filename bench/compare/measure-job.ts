import { setTimeout } from 'node:timers/promises';
import type { Comparison, Cpu } from './comparison.ts';
import type { Job, Work } from './job.ts';
import type { Site } from './site.ts';

/** What a server does after its last answer still belongs to the round (in ms). */
const SETTLE_MS = 100;

/** Two sites in the order in which they are compared, each with what a job does there. */
export interface Pair<Of> {
  readonly other: Of;
  readonly tree: Of;
}

/**
 * Plays a job at both sites in turn, round after round: whatever else the machine does meets both alike. The site that
 * goes first changes with each round.
 */
export async function measureJob(job: Job, sites: Pair<Site>, works: Pair<Work>, rounds: number): Promise<Comparison> {
  const measured: Pair<Cpu[]> = { other: [], tree: [] };
  for (const side of ['other', 'tree'] as const) {
    await warmUp(works[side], 2 * job.requests);
    await sites[side].analyze();
  }
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? ['other', 'tree'] as const : ['tree', 'other'] as const;
    for (const side of order) measured[side].push(await measureRound(sites[side], works[side], job.requests));
  }
  return measured;
}

async function warmUp(work: Work, requests: number): Promise<void> {
  await work.before?.(requests);
  await work.run(requests);
}

async function measureRound({ backends, cpuTime }: Site, work: Work, requests: number): Promise<Cpu> {
  await work.before?.(requests);
  await setTimeout(SETTLE_MS);
  let server = 0;
  const database = await backends.measure(async () => {
    const before = await cpuTime();
    await work.run(requests);
    await setTimeout(SETTLE_MS);
    server = await cpuTime() - before;
  });
  return { server: server / requests, database: database / requests };
}
