import { parseArgs } from 'node:util';
import { CleanUp } from './compare/clean-up.ts';
import { openGrowthDatabase } from './growth/growth-database.ts';
import { forEach, type GrowthJob } from './growth/growth-job.ts';
import { openGrowthSite, type GrowthSite } from './growth/growth-site.ts';
import { me } from './growth/request-jobs.ts';
import { kinds, mixes, type Mix } from './replica-mixes.ts';
import { median, medianAndQuartiles } from './statistics.ts';

/**
 * Measures what a read replica could take from the primary at most (docs/scale.md): the CPU time of PostgreSQL for a
 * mixed load, with all requests, and without the lists. `npm run bench:replica` takes ten minutes.
 */
const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '10' },
    requests: { type: 'string', default: '600' },
    keep: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
const requests = Number(values.requests);

/** The jobs of a mix, each as often as it occurs, in an order that looks random and is the same in each run. */
const sequenceOf = (jobs: Iterable<readonly [GrowthJob, number]>): GrowthJob[] => {
  const all = [...jobs].flatMap(([job, share]) => Array<GrowthJob>(Math.round((share * requests) / 100)).fill(job));
  return all
    .map((job, place) => ({ job, key: (place * 7_919) % all.length }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ job }) => job);
};

let sent = 0;

/** Sends requests. @returns the CPU time that the database used (in ms) */
function play(site: GrowthSite, sequence: readonly GrowthJob[]): Promise<number> {
  const first = sent;
  sent += sequence.length;
  return site.backends.measure(() =>
    forEach(0, sequence.length, (place) => sequence[place]!.run(site, first + place, 1)),
  );
}

/** Each request of a replica still verifies its credential at the primary, which `me` does. */
const withCredentialOnly = (lists: Mix['lists']) => [...lists].map(([, share]) => [me, share] as const);

async function measureMix(site: GrowthSite, { title, lists, others }: Mix): Promise<void> {
  const loads = [
    sequenceOf([...others, ...lists]),
    sequenceOf(others),
    sequenceOf([...others, ...withCredentialOnly(lists)]),
  ] as const;
  const measured = loads.map((): number[] => []);
  for (const load of loads) await play(site, load);
  for (let round = 0; round < rounds; round += 1)
    for (const place of loads.keys()) {
      const load = (place + round) % loads.length;
      measured[load]!.push(await play(site, loads[load]!));
    }
  const [all, without, credentials] = measured as [number[], number[], number[]];
  const gain = (rest: readonly number[]) =>
    medianAndQuartiles(
      all.map((ms, round) => ms / rest[round]!),
      2,
    );
  console.log(
    `| ${title} | ${(median(all) / requests).toFixed(3)} | ${(median(without) / requests).toFixed(3)} | ${gain(without)} | ${gain(credentials)} |`,
  );
}

/** Prints what one request of each kind costs the database, from which other mixes can be calculated. */
async function measureKinds(site: GrowthSite): Promise<void> {
  console.log('| request | CPU ms of the database |\n|---|---|');
  for (const job of kinds) {
    const sequence = Array<GrowthJob>(120).fill(job);
    await play(site, sequence);
    const ms: number[] = [];
    for (let round = 0; round < rounds; round += 1) ms.push((await play(site, sequence)) / sequence.length);
    console.log(`| ${job.name} | ${medianAndQuartiles(ms, 3)} |`);
  }
}

const cleanUp = new CleanUp();
try {
  const rows = Number(values.rows);
  const site = await openGrowthSite(rows, await openGrowthDatabase(rows, values.keep, cleanUp), {}, cleanUp);
  await measureKinds(site);
  console.log('\nCPU ms of the database for a request of a mix with 20 % lists:');
  console.log('| mix | all | without lists | all / without lists | all / lists that only verify the credential |');
  console.log('|---|---|---|---|---|');
  for (const mix of mixes) await measureMix(site, mix);
} catch (error) {
  if (!cleanUp.signal.aborted) throw error;
} finally {
  await cleanUp.run();
}
