import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { CommandRefused } from './answer.js';

/**
 * The password in a file, without the line break that editors put at its end.
 *
 * @throws {CommandRefused} when there is no such file
 */
export function readPassword(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch {
    throw new CommandRefused(`There is no file to read a password from at ${file}.`);
  }
}

/**
 * Asks for a password on the terminal, without showing what is typed; reads a line where there is no terminal.
 *
 * @throws {CommandRefused} when the input ends first
 */
export async function askForPassword(): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  process.stderr.write('Password: ');
  const prompt = createInterface({ input: process.stdin, output: silent, terminal: process.stdin.isTTY === true });
  const ended = once(prompt, 'close').then(() => {
    throw new CommandRefused('No password was given.');
  });
  try {
    return await Promise.race([prompt.question(''), ended]);
  } finally {
    ended.catch(() => undefined);
    prompt.close();
    process.stderr.write('\n');
  }
}
