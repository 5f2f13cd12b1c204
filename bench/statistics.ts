/** The middle of some numbers; the mean of the two in the middle where they are even in number. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The median, and the least and the most, so that a reader sees how quiet the machine was. */
export function summary(numbers: readonly number[], digits: number): string {
  const [middle, least, most] = [median(numbers), Math.min(...numbers), Math.max(...numbers)].map((value) => value.toFixed(digits));
  return `${middle} (${least}–${most})`;
}
