import { medianOf, ratiosOf, type Cpu } from '../compare/comparison.ts';
import { median, medianAndQuartiles } from '../statistics.ts';
import type { GrowthJob } from './growth-job.ts';

/** Beyond this ratio to the smallest size, a cost is not flat. */
const FLAT = 1.3;

/** Prints what a request costs at each size, and which costs grow. */
export function printGrowth(
  sizes: readonly number[],
  results: ReadonlyMap<GrowthJob, readonly (readonly Cpu[])[]>,
): void {
  const named = sizes.map((size) => size.toLocaleString('en'));
  console.log(
    `| CPU ms of server + database | ${named.join(' | ')} | ${named
      .slice(1)
      .map((size) => `${size} / ${named[0]!}`)
      .join(' | ')} |`,
  );
  console.log(`|---${'|---'.repeat(2 * sizes.length - 1)}|`);
  const growing: string[] = [];
  for (const [{ name, tables }, [smallest, ...larger]] of results) {
    const costs = [smallest!, ...larger].map(
      (cpus) => `${medianOf('server', cpus).toFixed(2)} + ${medianOf('database', cpus).toFixed(2)}`,
    );
    const ratios = larger.map((cpus) => ratiosOf('total', { other: cpus, tree: smallest! }));
    console.log(
      `| ${name} | ${costs.join(' | ')} | ${ratios.map((ratio) => medianAndQuartiles(ratio, 2)).join(' | ')} |`,
    );
    if (ratios.some((ratio) => median(ratio) > FLAT)) growing.push(`${name} (${tables})`);
  }
  console.log(growing.length === 0 ? `All are flat within ${FLAT}.` : `Not flat within ${FLAT}: ${growing.join('; ')}`);
}
