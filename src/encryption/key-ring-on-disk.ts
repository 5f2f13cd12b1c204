import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, type Config } from '../config/config.js';
import { newMasterKey, parseKeyRing, type KeyRing } from '../crypto/key-ring.js';

/** The file of a generated key, in the data directory but outside of the database. */
const KEY_FILE = 'encryption-keys';

/**
 * The installation's keys: those in the settings or, outside of production, those in the data directory. If there is
 * none, a key is generated there.
 *
 * @throws {ConfigError} if the file contains no usable keys
 */
export function openKeyRing(
  { encryptionKeys, database }: Pick<Config, 'encryptionKeys' | 'database'>,
  now: Date,
): KeyRing {
  if (encryptionKeys) return encryptionKeys;
  mkdirSync(database.directory, { recursive: true });
  const file = join(database.directory, KEY_FILE);
  generateIfMissing(file, now);
  try {
    return parseKeyRing(readFileSync(file, 'utf8').trim());
  } catch (error) {
    throw new ConfigError([`The file ${file} ${(error as Error).message}`]);
  }
}

/**
 * Creates the file atomically, readable only by its owner. If several processes start together, all use the file of
 * one.
 */
function generateIfMissing(file: string, now: Date): void {
  const temporaryFile = `${file}.${process.pid}`;
  writeFileSync(temporaryFile, `${newMasterKey(now)}\n`, { mode: 0o600 });
  try {
    linkSync(temporaryFile, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(temporaryFile);
  }
}
