import type { Cpu } from '../compare/comparison.ts';
import { meanOf, measureTurn } from '../compare/measure-job.ts';
import type { GrowthJob } from './growth-job.ts';
import type { GrowthSite } from './growth-site.ts';

/** V8 compiles hot code and PostgreSQL settles on plans first. */
const WARM_UP_TURNS = 4;

/** Short turns, so that other load on the machine affects all sites alike. */
const TURNS = 4;

/**
 * Measures a job at each site in turns, round after round. Each turn begins with another site.
 *
 * @returns the CPU times of a request of each round, for each site
 */
export async function measureGrowth(
  job: GrowthJob,
  sites: readonly GrowthSite[],
  rounds: number,
): Promise<readonly (readonly Cpu[])[]> {
  const counts = sites.map(() => 0);
  const measured: Cpu[][] = sites.map(() => []);
  const requests = Math.ceil(job.requests / TURNS);
  const measure = (index: number): Promise<Cpu> => {
    const site = sites[index]!;
    const run = async (count: number) => {
      const first = counts[index]!;
      counts[index] = first + count;
      await job.run(site, first, count);
    };
    return measureTurn(site, { run }, requests);
  };
  for (const index of sites.keys()) for (let turn = 0; turn < WARM_UP_TURNS; turn += 1) await measure(index);
  for (let round = 0; round < rounds; round += 1) {
    const turns: Cpu[][] = sites.map(() => []);
    for (let turn = 0; turn < TURNS; turn += 1)
      for (const place of sites.keys()) {
        const index = (place + turn + round) % sites.length;
        turns[index]!.push(await measure(index));
      }
    for (const [index, cpus] of turns.entries()) measured[index]!.push(meanOf(cpus));
  }
  return measured;
}
