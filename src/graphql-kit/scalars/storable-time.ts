/** Nothing is recorded before the one or after the other, and the database knows no year 0. */
const [EARLIEST, LATEST] = [new Date('1970-01-01T00:00:00Z'), new Date('9999-12-31T23:59:59Z')];

/** A moment of a filter as one that the database knows: what is before or after everything stays so. */
export const toStorableTime = (time: Date | null | undefined): Date | null =>
  time ? new Date(Math.min(Math.max(time.getTime(), EARLIEST.getTime()), LATEST.getTime())) : null;
