/** The start (in ms) of a day of a date input, in the browser's time zone; NaN if the text is not a day. */
export const startOfDay = (day: string): number => new Date(`${day}T00:00:00`).getTime();

/** The end (in ms) of a day. It is not always 24 hours after the start: clocks change. */
export function endOfDay(day: string): number {
  const end = new Date(startOfDay(day));
  return end.setDate(end.getDate() + 1);
}
