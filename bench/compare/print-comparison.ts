import { medianAndQuartiles } from '../statistics.ts';
import { medianOf, parts, ratiosOf, type Comparison } from './comparison.ts';

const print = (line: string) => process.stdout.write(`${line}\n`);
const DIGITS = 3;

/** Prints the CPU times of both revisions for one job. */
export function printJob(name: string, revision: string, comparison: Comparison): void {
  print(`\n${name}`);
  print(
    `  ${'CPU ms a request, median'.padEnd(28)}${revision.padEnd(14)}${'this tree'.padEnd(14)}${revision} / this tree, median (quartiles)`,
  );
  for (const part of parts) {
    const [other, tree] = [comparison.other, comparison.tree].map((rounds) =>
      medianOf(part, rounds).toFixed(DIGITS).padEnd(14),
    );
    print(`  ${part.padEnd(28)}${other}${tree}${medianAndQuartiles(ratiosOf(part, comparison), DIGITS)}`);
  }
}

/** Prints a Markdown table with one row per job. */
export function printTable(revision: string, rounds: number, comparisons: ReadonlyMap<string, Comparison>): void {
  print(
    `\nCPU ms a request as server + database, medians of ${rounds} rounds. The ratio is ${revision} / this tree by the total:`,
  );
  print('1 = alike, above 1 = this tree is cheaper. In brackets: the quartiles of the rounds.\n');
  print(`| job | ${revision} | this tree | ratio of the total |\n|---|---|---|---|`);
  for (const [name, comparison] of comparisons) {
    const [other, tree] = [comparison.other, comparison.tree].map(
      (cpus) =>
        `${medianOf('server', cpus).toFixed(DIGITS)} + ${medianOf('database', cpus).toFixed(DIGITS)} = ${medianOf('total', cpus).toFixed(DIGITS)}`,
    );
    print(`| \`${name}\` | ${other} | ${tree} | ${medianAndQuartiles(ratiosOf('total', comparison), 2)} |`);
  }
}
