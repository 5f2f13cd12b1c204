/** The quantile of some numbers, with linear interpolation. */
function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  const position = (sorted.length - 1) * share;
  const [below, above] = [sorted[Math.floor(position)]!, sorted[Math.ceil(position)]!];
  return below + (above - below) * (position % 1);
}

/** The median of some numbers. */
export const median = (numbers: readonly number[]): number => quantile(numbers, 0.5);

/** The median and the quartiles. One disturbed round does not move them. */
export function medianAndQuartiles(numbers: readonly number[], digits: number): string {
  const [lower, middle, upper] = [0.25, 0.5, 0.75].map((share) => quantile(numbers, share).toFixed(digits));
  return `${middle} (${lower}–${upper})`;
}

/** The median with minimum and maximum, which show how quiet the machine was. */
export function summary(numbers: readonly number[], digits: number): string {
  const [middle, least, most] = [median(numbers), Math.min(...numbers), Math.max(...numbers)].map((value) =>
    value.toFixed(digits),
  );
  return `${middle} (${least}–${most})`;
}
