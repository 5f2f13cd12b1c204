import { dialect } from './dialect.js';

/** A line in the old dialect. */
export interface Finding {
  readonly file: string;
  readonly line: number;
  readonly found: string;
  readonly instead: string;
}

/** Files that quote what they forbid, and the text of a license that is not ours. */
const EXEMPT = new Set(['scripts/voice/dialect.ts', 'LICENSE', 'package-lock.json']);

/** Finds the old dialect in a text file. Rows of tables in CHANGELOG.md quote texts that changed. */
export function findDialect(file: string, text: string): Finding[] {
  if (EXEMPT.has(file)) return [];
  return text.split('\n').flatMap((line, index) =>
    file === 'CHANGELOG.md' && line.startsWith('|')
      ? []
      : dialect.flatMap(({ pattern, instead }) => {
          const [found] = pattern.exec(line) ?? [];
          return found === undefined ? [] : [{ file, line: index + 1, found, instead }];
        }),
  );
}
