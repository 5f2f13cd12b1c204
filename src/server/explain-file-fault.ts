import { UnusableDirectoryError } from '../database/connection/unusable-directory.js';

/** What the system's error codes mean, and what to do about each. */
const faults: Readonly<Record<string, readonly [meaning: string, remedy: string]>> = {
  EACCES: ['permission denied', 'Give the user that runs Postern access to it'],
  EPERM: ['permission denied', 'Give the user that runs Postern access to it'],
  EROFS: ['the file system is read-only', 'Mount it for writing'],
  ENOSPC: ['no space left on the disk', 'Free some space'],
  EDQUOT: ['the disk quota is reached', 'Free some space'],
  ERR_SQLITE_ERROR: ['its lock file is damaged', 'Remove the file "lock" in it'],
  EIO: ['the disk reports an error', 'Check the disk'],
  ENOTDIR: ['it is not a folder', 'Move the file that is in its place'],
  EEXIST: ['it is not a folder', 'Move the file that is in its place'],
  EISDIR: ['it is a folder, not a file', 'Move the folder that is in its place'],
  ENOENT: ["it doesn't exist", 'Create it, or correct the path'],
  ELOOP: ['it is a symbolic link to itself', 'Correct the link'],
  ENAMETOOLONG: ['its path is too long', 'Use a shorter one'],
  EMFILE: ['too many files are open', 'Raise the limit of open files (ulimit -n)'],
  ENFILE: ['too many files are open', 'Raise the limit of open files of the system'],
};

/** Explains a fault of a file, a folder or a disk, and what to do; null for any other error. */
export function explainFileFault(error: unknown): string | null {
  if (error instanceof UnusableDirectoryError) {
    const [meaning, remedy] = faults[error.code] ?? [error.code, 'Check the folder'];
    return `Can't use the folder ${error.directory} (POSTERN_DATA_DIR): ${meaning}. ${remedy}, or set POSTERN_DATA_DIR to another folder.`;
  }
  const { code, path, syscall } = error as NodeJS.ErrnoException;
  const fault = syscall && code ? faults[code] : undefined;
  if (!fault) return null;
  const [meaning, remedy] = fault;
  if (path) return `Can't use ${path}: ${meaning}. ${remedy}.`;
  return syscall === 'write' ? `Can't write the output: ${meaning}. ${remedy}.` : null;
}
