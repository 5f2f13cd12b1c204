/** The start (in ms) of a day of a date input, in the browser's time zone; NaN if the text is not a day. */
export const startOfDay = (day: string): number => new Date(`${day}T00:00:00`).getTime();

/**
 * The end (in ms) of a day: the start of the next one. It is not always 24 hours after the start, and a day can start
 * at 01:00 if its clocks skip midnight.
 */
export function endOfDay(day: string): number {
  const start = new Date(startOfDay(day));
  return new Date(start.getFullYear(), start.getMonth(), start.getDate() + 1).getTime();
}
