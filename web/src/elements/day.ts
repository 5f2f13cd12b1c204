/**
 * The moment (in ms) at which a day begins where its reader is, as the field of a date writes it; NaN where the text is
 * no day.
 */
export const beginOfDay = (day: string): number => new Date(`${day}T00:00:00`).getTime();

/** The moment (in ms) at which it ends: on days when clocks change, not 24 hours later. */
export function endOfDay(day: string): number {
  const end = new Date(beginOfDay(day));
  return end.setDate(end.getDate() + 1);
}
