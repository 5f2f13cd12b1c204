import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchCommand, temporaryFolder, type Environment, type TestProcess } from '../support/server-process.js';

/** The bcrypt hash of `goodPassword`, with the lowest cost. */
export const bcryptHash = '$2b$04$SM5gL15CnxJZ8akCM0G6r.h8bmR3U3uebpuvgNnhwm8zJRvATddLO';

/** A user on a line. */
export const userLine = (number: number): string =>
  `${JSON.stringify({ username: `member${number}`, email: `member${number}@example.org`, emailVerified: true, passwordHash: bcryptHash })}\n`;

/** The lines of this many users. */
export const userLines = (count: number): string =>
  Array.from({ length: count }, (_, index) => userLine(index + 1)).join('');

/** Writes a file to import. @returns its path */
export function fileOf(...lines: readonly string[]): string {
  const file = join(temporaryFolder(), 'users.jsonl');
  writeFileSync(file, lines.map((line) => (line.endsWith('\n') ? line : `${line}\n`)).join(''));
  return file;
}

/** Starts an import of standard input, which stays open. */
export const launchImport = (settings: Environment, ...options: readonly string[]): TestProcess =>
  launchCommand(['users', 'import', '-', ...options], settings);
