import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync } from 'node:fs';

/** Mounts a file system of a size (in MiB) in memory for a trial. Needs root. */
export async function withSmallDisk(mebibytes: number, trial: (disk: string) => Promise<void>): Promise<void> {
  const disk = mkdtempSync('/tmp/postern-disk-full-');
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', disk]);
  try {
    await trial(disk);
  } finally {
    execFileSync('umount', ['--lazy', disk]);
  }
}

/** Writes a file until its disk is full. */
export function fill(file: string): void {
  try {
    for (;;) appendFileSync(file, Buffer.alloc(4_096));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}
