import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildRevision, buildWorkingTree } from './check-out.ts';
import { CleanUp } from './clean-up.ts';
import type { Comparison } from './comparison.ts';
import type { Job } from './job.ts';
import { measureJob } from './measure-job.ts';
import { printJob, printTable } from './print-comparison.ts';
import { readJobs } from './read-jobs.ts';
import { signInJobs } from './sign-in-jobs.ts';
import { openSite, root } from './site.ts';
import { writeJobs } from './write-jobs.ts';

const allJobs = [...readJobs, ...signInJobs, ...writeJobs];

/**
 * Compares the CPU time of another revision's server and database with the working tree's. `only` names jobs; an empty
 * list runs all.
 */
export async function compareWith(revision: string, rounds: number, only: readonly string[]): Promise<void> {
  const unknown = only.filter((name) => !allJobs.some((job) => job.name === name));
  if (unknown.length > 0)
    throw new Error(`unknown job ${unknown.join(', ')}; there are ${allJobs.map(({ name }) => name).join(', ')}`);
  const jobs = only.length > 0 ? allJobs.filter(({ name }) => only.includes(name)) : allJobs;
  const cleanUp = new CleanUp();
  try {
    await compare(revision, rounds, jobs, cleanUp);
  } catch (error) {
    if (!cleanUp.signal.aborted) throw error;
  } finally {
    await cleanUp.run();
  }
}

async function compare(revision: string, rounds: number, jobs: readonly Job[], cleanUp: CleanUp): Promise<void> {
  const folder = await cleanUp.keep(
    () => mkdtemp(join(tmpdir(), 'postern-bench-')),
    (made) => rm(made, { recursive: true, force: true, maxRetries: 5 }),
  );
  console.log(`building ${revision} and this tree …`);
  const builds = [
    await buildRevision(revision, folder, cleanUp.signal),
    await buildWorkingTree(cleanUp.signal),
  ] as const;
  const passwordFile = join(folder, 'root-password');
  await writeFile(passwordFile, root.password);
  const [other, tree] = await Promise.all([
    openSite(builds[0], passwordFile, cleanUp),
    openSite(builds[1], passwordFile, cleanUp),
  ]);
  console.log('making accounts, call keys and logs at both …');
  // All data comes first, because some of it requires a recent sign-in of ROOT.
  const works = [];
  for (const job of jobs) works.push(await Promise.all([job.setUp(other), job.setUp(tree)]));
  const comparisons = new Map<string, Comparison>();
  for (const [index, job] of jobs.entries()) {
    const [otherWork, treeWork] = works[index]!;
    const comparison = await measureJob(job, { other, tree }, { other: otherWork, tree: treeWork }, rounds);
    comparisons.set(job.name, comparison);
    printJob(job.name, other.name, comparison);
  }
  printTable(other.name, rounds, comparisons);
}
