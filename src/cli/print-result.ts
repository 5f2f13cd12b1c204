import type { Command } from 'commander';

/** A command was refused or failed for a reason that its user can fix. They see only the message. */
export class CommandError extends Error {}

/** A command finished and found problems, which its output names. The process exits with code 2. */
export class ChecksFailedError extends Error {}

/** Whether JSON output was requested. The option belongs to the program, so every command has it. */
export const wantsJson = (command: Command): boolean => command.optsWithGlobals<{ json?: boolean }>().json === true;

/** Prints the result of a command: text for people, or with `--json` one JSON object per line. */
export function printResult(command: Command, text: string, ...records: readonly object[]): void {
  const lines = wantsJson(command) ? records.map((record) => JSON.stringify(record)) : [text];
  for (const line of lines) process.stdout.write(`${line}\n`);
}
