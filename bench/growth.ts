import { parseArgs } from 'node:util';
import { CleanUp } from './compare/clean-up.ts';
import type { Cpu } from './compare/comparison.ts';
import { openReceiver, type CountingReceiver } from './growth/counting-receiver.ts';
import { openGrowthDatabase } from './growth/growth-database.ts';
import type { GrowthJob } from './growth/growth-job.ts';
import { addWebhook, openGrowthSite, type GrowthSite } from './growth/growth-site.ts';
import { listsOfAll, ownLists } from './growth/list-jobs.ts';
import { measureGrowth } from './growth/measure-growth.ts';
import { printHead, printJob, printVerdict } from './growth/print-growth.ts';
import {
  deliverEvent,
  me,
  recordUsage,
  signInJob,
  sweepJob,
  updateCallKey,
  verifyCallKey,
} from './growth/request-jobs.ts';

/**
 * Measures whether requests cost the same with few and with many rows, by CPU time of server and database
 * (docs/evidence/growth.md). `npm run bench:growth` takes half an hour; `-- --rows 10000,1000000` is faster. `--keep`
 * keeps the filled databases for the next run, and `--only NAME` measures one job.
 */
const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '10000,1000000,10000000' },
    rounds: { type: 'string', default: '6' },
    only: { type: 'string', multiple: true, default: [] },
    keep: { type: 'boolean', default: false },
  },
});
const sizes = values.rows.split(',').map(Number);
const cleanUp = new CleanUp();

async function openSites({ url: receiverUrl, settings }: CountingReceiver): Promise<GrowthSite[]> {
  const sites: GrowthSite[] = [];
  for (const rows of sizes) {
    const url = await openGrowthDatabase(rows, values.keep, cleanUp);
    const site = await openGrowthSite(rows, url, settings, cleanUp);
    await addWebhook(site, url, receiverUrl);
    sites.push(site);
  }
  return sites;
}

try {
  const receiver = await openReceiver(cleanUp);
  const sites = await openSites(receiver);
  const all = [
    signInJob,
    me,
    verifyCallKey,
    recordUsage(1, 200),
    recordUsage(100, 40),
    updateCallKey,
    deliverEvent(receiver.received),
    ...ownLists,
    ...listsOfAll,
    sweepJob,
  ];
  const jobs = values.only.length > 0 ? all.filter(({ name }) => values.only.includes(name)) : all;
  const results = new Map<GrowthJob, readonly (readonly Cpu[])[]>();
  printHead(sizes);
  for (const job of jobs) {
    const measured = await measureGrowth(job, sites, Number(values.rounds));
    results.set(job, measured);
    printJob(job, measured);
  }
  printVerdict(results);
} catch (error) {
  if (!cleanUp.signal.aborted) throw error;
} finally {
  await cleanUp.run();
}
