import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { CommandError } from './print-result.js';

/**
 * Reads a password from a file, without the line break that editors append.
 *
 * @throws {CommandError} when the file can't be read
 */
export function readPassword(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch {
    throw new CommandError(`Can't read the password file ${file}.`);
  }
}

/**
 * Asks for a password on the terminal without showing it; reads a line if there is no terminal.
 *
 * @throws {CommandError} when the input ends first
 */
export async function promptForPassword(): Promise<string> {
  const silentOutput = new Writable({ write: (_chunk, _encoding, done) => done() });
  process.stderr.write('Password: ');
  const prompt = createInterface({
    input: process.stdin,
    output: silentOutput,
    terminal: process.stdin.isTTY === true,
  });
  const closed = once(prompt, 'close').then(() => {
    throw new CommandError('No password entered.');
  });
  try {
    return await Promise.race([prompt.question(''), closed]);
  } finally {
    closed.catch(() => undefined);
    prompt.close();
    process.stderr.write('\n');
  }
}
