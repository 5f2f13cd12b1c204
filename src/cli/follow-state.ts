import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { CommandError } from './print-result.js';

/** Readable by the operator only: a state file names a seal. */
const FILE_MODE = 0o600;

/** Reads the cursor in a state file; null if there is no file. */
export function readState(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new CommandError(`The state can't be read: ${(error as Error).message}`);
  }
}

/** Replaces a state file. After a crash of the machine it has this cursor or the one before. */
export function writeState(file: string, cursor: string): void {
  const draft = `${file}.new`;
  try {
    const descriptor = openSync(draft, 'w', FILE_MODE);
    try {
      writeSync(descriptor, `${cursor}\n`);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(draft, file);
  } catch (error) {
    throw new CommandError(`The state can't be written: ${(error as Error).message}`);
  }
}
