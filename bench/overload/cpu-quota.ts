import { existsSync } from 'node:fs';
import { mkdir, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CleanUp } from '../compare/clean-up.ts';

const GROUPS = '/sys/fs/cgroup';
const NAME = 'postern-overload';
const PERIOD_US = 100_000;

/**
 * Prepares to limit a process to a share of one core, as small containers do (cgroups of Linux, version 1 or 2). Needs
 * root. Call it before the process starts, which ends before the group is removed.
 *
 * @returns a function that limits a process
 */
export async function prepareCpuQuota(cores: number, cleanUp: CleanUp): Promise<(pid: number) => Promise<void>> {
  const isUnified = existsSync(join(GROUPS, 'cgroup.controllers'));
  const group = join(isUnified ? GROUPS : join(GROUPS, 'cpu'), NAME);
  const quota = String(Math.round(cores * PERIOD_US));
  await cleanUp.keep(
    () => mkdir(group, { recursive: true }),
    () => rmdir(group),
  );
  if (isUnified) await writeFile(join(group, 'cpu.max'), `${quota} ${PERIOD_US}`);
  else await writeFile(join(group, 'cpu.cfs_quota_us'), quota);
  return (pid) => writeFile(join(group, 'cgroup.procs'), String(pid));
}
