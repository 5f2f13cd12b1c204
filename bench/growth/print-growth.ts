import { medianOf, ratiosOf, type Cpu } from '../compare/comparison.ts';
import { median, medianAndQuartiles } from '../statistics.ts';
import type { GrowthJob } from './growth-job.ts';

/** Beyond this ratio to the smallest size, a cost is not flat. */
const FLAT = 1.3;

/** The CPU times of each size: the first is the smallest. */
type Measured = readonly (readonly Cpu[])[];

/** Prints the head of a table with a column for each size, and one for its ratio to the smallest. */
export function printHead(sizes: readonly number[]): void {
  const [smallest, ...larger] = sizes.map((size) => size.toLocaleString('en'));
  const columns = [
    'CPU ms of server + database',
    smallest,
    ...larger,
    ...larger.map((size) => `${size} / ${smallest}`),
  ];
  console.log(`| ${columns.join(' | ')} |\n|${'---|'.repeat(columns.length)}`);
}

const ratios = ([smallest, ...larger]: Measured) =>
  larger.map((cpus) => ratiosOf('total', { other: cpus, tree: smallest! }));

/** Prints what a request costs at each size. */
export function printJob({ name }: GrowthJob, measured: Measured): void {
  const costs = measured.map(
    (cpus) => `${medianOf('server', cpus).toFixed(2)} + ${medianOf('database', cpus).toFixed(2)}`,
  );
  const growth = ratios(measured).map((ratio) => medianAndQuartiles(ratio, 2));
  console.log(`| ${[name, ...costs, ...growth].join(' | ')} |`);
}

/** Prints which costs grow. */
export function printVerdict(results: ReadonlyMap<GrowthJob, Measured>): void {
  const growing = [...results]
    .filter(([, measured]) => ratios(measured).some((ratio) => median(ratio) > FLAT))
    .map(([{ name, tables }]) => `${name} (${tables})`);
  console.log(growing.length === 0 ? `All are flat within ${FLAT}.` : `Not flat within ${FLAT}: ${growing.join('; ')}`);
}
