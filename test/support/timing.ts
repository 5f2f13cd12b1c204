/** The median of some values. */
export const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;

/**
 * The probability that a sample of one kind is greater than one of the other: 0.5 when they are indistinguishable
 * (Mann–Whitney).
 */
function areaUnderCurve(ones: readonly number[], others: readonly number[]): number {
  const wins = ones.flatMap((one) => others.map((other) => (one > other ? 1 : one === other ? 0.5 : 0)));
  return wins.reduce((sum: number, win) => sum + win, 0) / wins.length;
}

/** Prints and returns the median and AUC of each kind against a reference, as R-14 requires. */
export function compareTimes(
  samples: Readonly<Record<string, readonly number[]>>,
  reference: readonly number[],
): { kind: string; median: number; auc: number }[] {
  const table = Object.entries(samples).map(([kind, times]) => ({
    kind,
    median: median(times),
    auc: areaUnderCurve(times, reference),
  }));
  process.stdout.write(
    `${table.map(({ kind, median: middle, auc }) => `${kind.padEnd(10)} median ${middle.toFixed(2)} ms, AUC ${auc.toFixed(3)}`).join('\n')}\n`,
  );
  return table;
}
