import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { unusableDirectory } from './unusable-directory.js';

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
 * @throws {UnusableDirectoryError} if nothing can be written there
 */
export function lockDirectory(directory: string): { release(): void } {
  const holderFile = join(directory, 'lock-holder.txt');
  let lock: DatabaseSync | undefined;
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    lock = new DatabaseSync(join(directory, 'lock'));
    lock.exec('PRAGMA journal_mode = MEMORY; PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
    writeFileSync(holderFile, `process ${process.pid} (started ${new Date().toISOString()})`);
    const { close } = lock;
    return { release: close.bind(lock) };
  } catch (error) {
    lock?.close();
    throw isBusy(error)
      ? new DirectoryInUseError(directory, readHolder(holderFile))
      : unusableDirectory(directory, error);
  }
}

/** Whether another connection holds the lock (SQLITE_BUSY). */
const isBusy = (error: unknown): boolean => (error as { errcode?: number }).errcode === 5;

function readHolder(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return 'another process';
  }
}
