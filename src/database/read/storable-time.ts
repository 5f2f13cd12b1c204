/** No row has a time outside of these, and the database can't store the year 0. */
const [EARLIEST, LATEST] = [new Date('1970-01-01T00:00:00Z'), new Date('9999-12-31T23:59:59Z')];

/** Clamps a time in a filter to the range that the database can store. The filter still matches the same rows. */
export const clampTime = <Time extends Date | null | undefined>(
  time: Time,
): Date | (Time extends Date ? never : null) =>
  (time ? new Date(Math.min(Math.max(time.getTime(), EARLIEST.getTime()), LATEST.getTime())) : null) as
    Date | (Time extends Date ? never : null);

/** Whether the database can store a time. False for an invalid date. */
export const isStorableTime = (time: Date): boolean => time >= EARLIEST && time <= LATEST;
