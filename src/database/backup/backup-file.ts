import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';

/** The file is not a backup that can be restored. The message explains why, for operators. */
export class InvalidBackupError extends Error {}

/** The backup can't be written. The message explains why, for operators. */
export class BackupWriteError extends Error {}

/** The first line of a backup. */
export interface BackupHeader {
  readonly postern: 'backup';
  readonly version: 1;
  readonly at: string;
  /** The names of the migrations that created its tables. */
  readonly migrations: readonly string[];
  /** The IDs of the keys in `POSTERN_ENCRYPTION_KEYS`, newest first; never the keys. */
  readonly keyIds: readonly string[];
  /** The oldest month of usage, whose partitions a restore creates first; null if there is none. */
  readonly oldestMonth: string | null;
}

/**
 * A line of a backup: the header; for each table its name and columns, then its rows as texts; finally the number of
 * rows.
 */
export type BackupLine =
  | BackupHeader
  | { readonly table: string; readonly columns: readonly string[] }
  | readonly (string | null)[]
  | { readonly rows: number };

/** Only its owner may read a backup: it contains email addresses and password hashes. */
const OWNER_ONLY = 0o600;

const writeErrorMessages: Readonly<Record<string, string>> = {
  ENOENT: 'the folder does not exist',
  ENOTDIR: 'the folder does not exist',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left',
};

/**
 * Writes a backup. The file gets its name only when it is complete.
 *
 * @throws {BackupWriteError} when the file can't be written
 */
export async function writeBackupFile(file: string, lines: AsyncIterable<string>): Promise<void> {
  const temporaryFile = `${file}.partial`;
  try {
    await pipeline(Readable.from(lines), createGzip(), createWriteStream(temporaryFile, { mode: OWNER_ONLY }));
    await rename(temporaryFile, file);
  } catch (error) {
    await rm(temporaryFile, { force: true });
    const reason = writeErrorMessages[(error as NodeJS.ErrnoException).code ?? ''];
    throw reason ? new BackupWriteError(`Can't write ${file}: ${reason}.`) : error;
  }
}

/**
 * Passes the lines of a backup to `take`, which consumes them.
 *
 * @throws {InvalidBackupError} for a file that is missing, not a backup, or truncated
 */
export async function readBackupFile(
  file: string,
  processLines: (lines: AsyncIterable<BackupLine>) => Promise<void>,
): Promise<void> {
  try {
    await pipeline(createReadStream(file), createGunzip(), (chunks: AsyncIterable<Buffer>) =>
      processLines(parseLines(chunks)),
    );
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (code === 'Z_BUF_ERROR') throw new InvalidBackupError(`${file} is truncated.`);
    if (code.startsWith('Z_')) throw new InvalidBackupError(`${file} is not a Postern backup.`);
    if (['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'EISDIR'].includes(code))
      throw new InvalidBackupError(`Can't read ${file}: ${message}.`);
    throw error;
  }
}

async function* parseLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<BackupLine> {
  const decoder = new TextDecoder();
  let remaining = '';
  for await (const chunk of chunks) {
    const lines = (remaining + decoder.decode(chunk, { stream: true })).split('\n');
    remaining = lines.pop() ?? '';
    for (const line of lines) yield parse(line);
  }
}

function parse(line: string): BackupLine {
  const parseLines = tryParseJson(line);
  if (typeof parseLines !== 'object' || parseLines === null)
    throw new InvalidBackupError('The file is not a Postern backup.');
  return parseLines as BackupLine;
}

/** Returns undefined for invalid JSON. */
function tryParseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
