import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';

/** The data directory can't be used. `code` is that of the system's error, such as `EACCES`. */
export class UnusableDirectoryError extends Error {
  constructor(
    readonly directory: string,
    readonly code: string,
    cause: unknown,
  ) {
    super(`The folder ${directory} can't be used: ${code}`, { cause });
  }
}

/** Numbers of errors in WASI, which PGlite's file system throws (wasi_snapshot_preview1, errno). */
const wasiErrors: Readonly<Record<number, string>> = {
  2: 'EACCES',
  19: 'EDQUOT',
  29: 'EIO',
  51: 'ENOSPC',
  63: 'EPERM',
  69: 'EROFS',
};

const SQLITE_ERROR = 'ERR_SQLITE_ERROR';

/** Turns an error of the file system (Node's, SQLite's or PGlite's) into one of the directory; returns other errors. */
export function unusableDirectory(directory: string, error: unknown): unknown {
  const code = systemCode(error);
  if (code === null) return error;
  // SQLite does not say why, and `mkdir` reports a read-only file system as ENOENT.
  const isVague = code === SQLITE_ERROR || code === 'ENOENT';
  return new UnusableDirectoryError(directory, (isVague ? accessFault(directory) : null) ?? code, error);
}

function systemCode(error: unknown): string | null {
  const { code = null, errno = 0, syscall, name } = error as NodeJS.ErrnoException;
  if (name === 'ErrnoError') return wasiErrors[errno] ?? 'EIO';
  return syscall || code === SQLITE_ERROR ? code : null;
}

/** Why nothing can be written in a directory, or created there if it does not exist. */
function accessFault(directory: string): string | null {
  try {
    accessSync(existing(directory), constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? null;
  }
}

const existing = (directory: string): string => (existsSync(directory) ? directory : existing(dirname(directory)));
