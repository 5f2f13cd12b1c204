import type { LineResult } from '../features/user-import/import-users.js';
import { toJsonLines } from '../text/json-lines.js';
import { pluralize } from './pluralize.js';

/** Counts the lines of an import, and says what became of them. */
export class ImportReport {
  imported = 0;
  alreadyThere = 0;
  refused = 0;
  /** Addresses that were left out, because they aren't verified. */
  #addressesLeftOut = 0;
  #withoutPassword = 0;

  constructor(
    readonly isDryRun: boolean,
    readonly isJson: boolean,
  ) {}

  /**
   * Counts a batch of lines.
   *
   * @returns a text that lists some of them, for programs or for people
   */
  add(results: readonly LineResult[], lists: (line: LineResult) => boolean): string {
    for (const line of results) this.#count(line);
    const listed = results.filter(lists);
    return this.isJson
      ? toJsonLines(listed.map(({ line, result, faults }) => ({ line, result, faults })))
      : listed.flatMap(describeLine).join('');
  }

  /** Whether there was no line that isn't blank, as in the output of an export that failed. */
  get isEmpty(): boolean {
    return this.imported + this.alreadyThere + this.refused === 0;
  }

  /** The numbers, for programs. */
  get figures() {
    const { isDryRun, imported, alreadyThere, refused } = this;
    return {
      dryRun: isDryRun,
      imported,
      alreadyThere,
      refused,
      addressesLeftOut: this.#addressesLeftOut,
      withoutPassword: this.#withoutPassword,
    };
  }

  /** The numbers, for people. */
  get summary(): string {
    const { isDryRun, imported, alreadyThere, refused } = this;
    return [
      `${isDryRun ? 'Checked the file and changed nothing. Would import' : 'Imported'} ${pluralize(imported, 'user')}.`,
      ...(alreadyThere > 0 ? [`Already there: ${pluralize(alreadyThere, 'user')}.`] : []),
      ...(refused > 0 ? [`Can't be imported: ${pluralize(refused, 'line')}.`] : []),
      ...(this.#addressesLeftOut > 0
        ? [`Left out, because they aren't verified: ${pluralize(this.#addressesLeftOut, 'email address', 'es')}.`]
        : []),
      ...(this.#withoutPassword > 0
        ? [`Without a password until they set one with a link: ${pluralize(this.#withoutPassword, 'user')}.`]
        : []),
    ].join('\n');
  }

  #count({ result, user }: LineResult): void {
    if (result === 'ALREADY_THERE') this.alreadyThere += 1;
    else if (result === 'REFUSED') this.refused += 1;
    else {
      this.imported += 1;
      if (user?.leavesOutEmail) this.#addressesLeftOut += 1;
      if (user?.passwordHash === null) this.#withoutPassword += 1;
    }
  }
}

/** One text line for each fault. Lines that are already there are only counted, since a file may have a million. */
const describeLine = ({ line, faults }: LineResult): string[] =>
  faults.map(({ field, message }) => `line ${line}: ${field === null ? '' : `${field}: `}${message}\n`);
