/** Nothing is recorded outside of these times, and the database has no year 0. */
const [EARLIEST, LATEST] = [new Date('1970-01-01T00:00:00Z'), new Date('9999-12-31T23:59:59Z')];

/** Clamps a time of a filter to what the database can store. It stays before or after all rows. */
export const clampTime = (time: Date | null | undefined): Date | null =>
  time ? new Date(Math.min(Math.max(time.getTime(), EARLIEST.getTime()), LATEST.getTime())) : null;
