import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, type Config } from '../config/config.js';
import { newMasterKey, parseKeyRing, type KeyRing } from '../crypto/key-ring.js';
import { unusableDirectory } from '../database/connection/unusable-directory.js';

/** The file of a generated key, in the data directory but outside of the database. */
const KEY_FILE = 'encryption-keys';

/**
 * The installation's keys: those in the settings or, outside of production, those in the data directory. If there is
 * none, a key is generated there.
 *
 * @throws {ConfigError} if the file contains no usable keys
 * @throws the system's error, with the path, if the file can't be read or created
 */
export function openKeyRing(
  { encryptionKeys, database }: Pick<Config, 'encryptionKeys' | 'database'>,
  now: Date,
): KeyRing {
  if (encryptionKeys) return encryptionKeys;
  const file = join(database.directory, KEY_FILE);
  // A disk that is full or read-only must not prevent a start that writes nothing.
  if (!existsSync(file)) generate(database.directory, file, now);
  const text = readKeys(file);
  try {
    return parseKeyRing(text);
  } catch (error) {
    throw new ConfigError([`The file ${file} ${(error as Error).message}`]);
  }
}

/** The error of a file that can't be read names it; that of a folder in its place does not. */
function readKeys(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw Object.assign(error as NodeJS.ErrnoException, { path: file });
  }
}

/**
 * Creates the file atomically, readable only by its owner. If several processes start together, all use the file of
 * one.
 */
function generate(directory: string, file: string, now: Date): void {
  const temporaryFile = `${file}.${process.pid}`;
  try {
    mkdirSync(directory, { recursive: true });
    writeFileSync(temporaryFile, `${newMasterKey(now)}\n`, { mode: 0o600 });
    linkSync(temporaryFile, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw unusableDirectory(directory, error);
  } finally {
    rmSync(temporaryFile, { force: true });
  }
}
