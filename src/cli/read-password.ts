import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { CommandError } from './print-result.js';

/**
 * The password in a file, without the line break that editors put at its end.
 *
 * @throws {CommandError} when there is no such file
 */
export function readPassword(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch {
    throw new CommandError(`There is no file to read a password from at ${file}.`);
  }
}

/**
 * Asks for a password on the terminal, without showing what is typed; reads a line where there is no terminal.
 *
 * @throws {CommandError} when the input ends first
 */
export async function askForPassword(): Promise<string> {
  const hidden = new Writable({ write: (_chunk, _encoding, done) => done() });
  process.stderr.write('Password: ');
  const prompt = createInterface({ input: process.stdin, output: hidden, terminal: process.stdin.isTTY === true });
  const ended = once(prompt, 'close').then(() => {
    throw new CommandError('No password was given.');
  });
  try {
    return await Promise.race([prompt.question(''), ended]);
  } finally {
    ended.catch(() => undefined);
    prompt.close();
    process.stderr.write('\n');
  }
}
