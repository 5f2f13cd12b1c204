import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';

/** A file is no backup that can be restored; the message says why, for people. */
export class UnusableBackup extends Error {}

/** A backup cannot be written where it is wanted; the message says why, for people. */
export class UnwritableBackup extends Error {}

/** What a backup says of itself first. */
export interface BackupHeader {
  readonly postern: 'backup';
  readonly version: 1;
  readonly at: string;
  /** The names of the migrations that made its tables. */
  readonly migrations: readonly string[];
  /** The names of the keys in `ENCRYPTION_KEYS`, the newest first; never the keys. */
  readonly keyIds: readonly string[];
  /** The oldest month of usage, whose partitions a restore makes first; null where there is none. */
  readonly oldestMonth: string | null;
}

/**
 * A line of a backup: the head; then for each table its name and columns, and its rows as texts; and how many rows that
 * were.
 */
export type BackupLine =
  | BackupHeader
  | { readonly table: string; readonly columns: readonly string[] }
  | readonly (string | null)[]
  | { readonly rows: number };

/** Only its owner may read a backup: it holds the addresses of people, and hashes of their passwords. */
const OWNER_ONLY = 0o600;

const unwritable: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder',
  ENOTDIR: 'there is no such folder',
  EISDIR: 'it is a folder',
  EACCES: 'this is not allowed',
  EPERM: 'this is not allowed',
  EROFS: 'nothing is written there',
  ENOSPC: 'there is no room left',
};

/**
 * Writes a backup: it has its name when it is whole, and not before.
 *
 * @throws {UnwritableBackup} where no file can be written
 */
export async function writeBackupFile(file: string, lines: AsyncIterable<string>): Promise<void> {
  const draft = `${file}.partial`;
  try {
    await pipeline(Readable.from(lines), createGzip(), createWriteStream(draft, { mode: OWNER_ONLY }));
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    const reason = unwritable[(error as NodeJS.ErrnoException).code ?? ''];
    throw reason ? new UnwritableBackup(`The file ${file} cannot be written: ${reason}.`) : error;
  }
}

/**
 * Hands the lines of a backup to somebody.
 *
 * @throws {UnusableBackup} for a file that is not there, is none, or was cut off
 */
export async function readBackupFile(
  file: string,
  take: (lines: AsyncIterable<BackupLine>) => Promise<void>,
): Promise<void> {
  try {
    await pipeline(createReadStream(file), createGunzip(), (chunks: AsyncIterable<Buffer>) => take(parsed(chunks)));
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (code === 'Z_BUF_ERROR') throw new UnusableBackup(`${file} was cut off: it is not a whole backup.`);
    if (code.startsWith('Z_')) throw new UnusableBackup(`${file} is no backup of Postern.`);
    if (['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'EISDIR'].includes(code))
      throw new UnusableBackup(`The file ${file} cannot be read: ${message}.`);
    throw error;
  }
}

async function* parsed(chunks: AsyncIterable<Buffer>): AsyncGenerator<BackupLine> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield parse(line);
  }
}

function parse(line: string): BackupLine {
  const parsed = parsedJson(line);
  if (typeof parsed !== 'object' || parsed === null) throw new UnusableBackup('The file is no backup of Postern.');
  return parsed as BackupLine;
}

/** Undefined for what is no JSON. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
