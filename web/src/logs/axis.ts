/** The most lines of an axis, besides the one at 0. */
const MAX_LINES = 4;

/** A value axis that begins at 0. */
export interface Axis {
  /** The highest value. */
  readonly top: number;
  /** The values of its lines, highest first, and 0. They are round and equally far apart. */
  readonly lines: readonly number[];
}

/** The axis for values up to a peak: its lines are 1, 2 or 5 times a power of ten apart, and whole numbers. */
export function createAxis(peak: number): Axis {
  const rough = Math.max(peak / MAX_LINES, 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10);
  const count = Math.max(Math.ceil(peak / step), 1);
  return { top: count * step, lines: Array.from({ length: count + 1 }, (_, index) => (count - index) * step) };
}
