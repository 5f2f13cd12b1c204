import type { Command } from 'commander';

/** A command was refused for a reason that its user can mend; the message is all that they see. */
export class CommandError extends Error {}

/**
 * A command did its work, and what it looked at is not well: the answer told what. The process ends with another code.
 */
export class ChecksFailed extends Error {}

/** Whether the answer is wanted as JSON. The option stands on the program, so that every command has it. */
export const wantsJson = (command: Command): boolean => command.optsWithGlobals<{ json?: boolean }>().json === true;

/** Prints what a command did: words for people, or with `--json` the facts for programs, one object a line. */
export function printResult(command: Command, text: string, ...records: readonly object[]): void {
  const lines = wantsJson(command) ? records.map((fact) => JSON.stringify(fact)) : [text];
  for (const line of lines) process.stdout.write(`${line}\n`);
}
