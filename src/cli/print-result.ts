import type { Command } from 'commander';

/** A failure that the user of the command can fix. Only the message is printed. */
export class CommandError extends Error {}

/** A command finished and reported problems in its output. The process exits with code 2. */
export class ChecksFailedError extends Error {}

/** Whether JSON output was requested. The option belongs to the program, so every command has it. */
export const wantsJson = (command: Command): boolean => command.optsWithGlobals<{ json?: boolean }>().json === true;

/** Prints the result of a command as text or, with `--json`, as one JSON object per line. */
export function printResult(command: Command, text: string, ...records: readonly object[]): void {
  const lines = wantsJson(command) ? records.map((record) => JSON.stringify(record)) : [text];
  for (const line of lines) process.stdout.write(`${line}\n`);
}
