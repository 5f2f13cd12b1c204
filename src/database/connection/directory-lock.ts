import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Another process uses the data directory of the embedded database. */
export class DirectoryInUseError extends Error {
  constructor(directory: string, holder: string) {
    super(
      `The database in ${directory} is in use by ${holder}. Only one process at a time can use an embedded database.`,
    );
  }
}

/**
 * Locks the data directory until `release` or the end of the process, since two processes that write to it would lose
 * data. The lock is an exclusive SQLite lock, which the operating system removes when the process dies, so it is never
 * stale (docs/decisions/003-embedded-database.md).
 *
 * @throws {DirectoryInUseError} with the process that holds it
 */
export function lockDirectory(directory: string): { release(): void } {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const holderFile = join(directory, 'lock-holder.txt');
  const lock = new DatabaseSync(join(directory, 'lock'));
  try {
    lock.exec('PRAGMA journal_mode = MEMORY; PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
  } catch {
    lock.close();
    throw new DirectoryInUseError(directory, readHolder(holderFile));
  }
  writeFileSync(holderFile, `process ${process.pid} (started ${new Date().toISOString()})`);
  return { release: () => lock.close() };
}

function readHolder(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return 'another process';
  }
}
