import { Readable } from 'node:stream';
import { importUsers, type LineResult } from '../../../src/features/user-import/import-users.js';
import type { TestPostern } from '../../support/postern.js';
import { ruleContext } from '../../support/rule-context.js';

/** Imports users, each on a line: an object, or the text of the line. */
export async function importLines(
  postern: TestPostern,
  lines: readonly (object | string)[],
  isDryRun = false,
): Promise<LineResult[]> {
  const numbered = lines.map((line, index) => ({
    number: index + 1,
    text: typeof line === 'string' ? line : JSON.stringify(line),
  }));
  const results: LineResult[] = [];
  for await (const batch of importUsers(() => ruleContext(postern), Readable.from(numbered), { isDryRun }))
    results.push(...batch);
  return results;
}

/** What became of each line: the result, or the fields with a fault. */
export const outcomes = (results: readonly LineResult[]): string[] =>
  results.map(({ result, faults }) => (result === 'REFUSED' ? faults.map(({ field }) => field).join() : result));
