import { Temporal } from 'temporal-polyfill';
import { days, hours } from './duration.js';
import { steadyOffsetAt } from './steady-offset.js';

/** The lengths of a calendar period. A week begins on Monday, a month on the 1st. */
export const calendarUnits = ['HOUR', 'DAY', 'WEEK', 'MONTH'] as const;
export type CalendarUnit = (typeof calendarUnits)[number];

/** One hour, day, week or month of a time zone, with an exclusive end. */
export interface CalendarPeriod {
  readonly from: Date;
  readonly to: Date;
}

/**
 * The name of a time zone of the IANA database, in its usual case; links are kept. Null for anything else, offsets such
 * as `+05:00` included.
 */
export function parseTimeZone(name: string): string | null {
  if (!/^[A-Za-z][\w+/-]{0,63}$/.test(name)) return null;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The latest found periods near a change of the clocks, the newest first: finding one is expensive; few are in use. */
const recent = new Map<string, readonly CalendarPeriod[]>();
const MAXIMUM_REMEMBERED = 4_096;
const PERIODS_REMEMBERED = 4;

/**
 * The period that contains a time. Periods of one unit and zone follow each other without a gap or an overlap, whatever
 * the clocks do: a day may have 23 or 25 hours and may begin at 01:00, where there is no midnight.
 *
 * @param zone a name that `parseTimeZone` has returned
 */
export function calendarPeriodAt(unit: CalendarUnit, zone: string, time: Date): CalendarPeriod {
  const steady = findSteadyPeriod(unit, zone, time.getTime());
  if (steady) return steady;
  const name = `${unit} ${zone}`;
  const known = recent.get(name) ?? [];
  const found = known.find(({ from, to }) => from <= time && time < to);
  if (found) return found;
  let period = findChangingPeriod(unit, zone, time);
  // Where clocks go back over midnight, some times have the date of the day before theirs.
  while (period.to <= time) period = findChangingPeriod(unit, zone, period.to);
  if (recent.size >= MAXIMUM_REMEMBERED) recent.clear();
  recent.set(name, [period, ...known.slice(0, PERIODS_REMEMBERED - 1)]);
  return period;
}

/** The periods that a time span touches, oldest first; at most `limit`, or null if there are more. */
export function calendarPeriodsIn(
  unit: CalendarUnit,
  zone: string,
  { from, to }: CalendarPeriod,
  limit: number,
): readonly CalendarPeriod[] | null {
  const periods: CalendarPeriod[] = [];
  let start = from;
  while (start < to) {
    if (periods.length === limit) return null;
    const period = calendarPeriodAt(unit, zone, start);
    periods.push(period);
    start = period.to;
  }
  return periods;
}

/** The period by arithmetic, which costs a hundredth; null if the clocks change in it or near it. */
function findSteadyPeriod(unit: CalendarUnit, zone: string, time: number): CalendarPeriod | null {
  const { from, to, offset } = steadyOffsetAt(zone, time);
  const [start, end] = localPeriod(unit, time + offset).map((local) => local - offset) as [number, number];
  return from <= start && end <= to ? { from: new Date(start), to: new Date(end) } : null;
}

/** The first day of 1970 was a Thursday, so this is the time from a Monday to it. */
const MONDAY_OFFSET_MS = days(3);

/** The start and the end of a period, in milliseconds of local time. */
function localPeriod(unit: CalendarUnit, local: number): [start: number, end: number] {
  if (unit === 'MONTH') {
    const date = new Date(local);
    return [
      Date.UTC(date.getUTCFullYear(), date.getUTCMonth()),
      Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1),
    ];
  }
  const length = { HOUR: hours(1), DAY: days(1), WEEK: days(7) }[unit];
  const shift = unit === 'WEEK' ? MONDAY_OFFSET_MS : 0;
  const start = Math.floor((local + shift) / length) * length - shift;
  return [start, start + length];
}

function findChangingPeriod(unit: CalendarUnit, zone: string, time: Date): CalendarPeriod {
  const local = Temporal.Instant.fromEpochMilliseconds(time.getTime()).toZonedDateTimeISO(zone);
  return unit === 'HOUR' ? findHour(local) : findDays(unit, local);
}

/** The local hour. Where clocks change by half an hour, one of them has 90 minutes and one 30. */
function findHour(local: Temporal.ZonedDateTime): CalendarPeriod {
  const start = floorToHour(local);
  let end = floorToHour(start.add({ hours: 1 }));
  if (end.epochMilliseconds <= start.epochMilliseconds) end = floorToHour(start.add({ hours: 2 }));
  return between(start, end);
}

const floorToHour = (local: Temporal.ZonedDateTime) => local.round({ smallestUnit: 'hour', roundingMode: 'floor' });

function findDays(unit: Exclude<CalendarUnit, 'HOUR'>, local: Temporal.ZonedDateTime): CalendarPeriod {
  const date = local.toPlainDate();
  const [first, length] = {
    DAY: [date, { days: 1 }] as const,
    WEEK: [date.subtract({ days: date.dayOfWeek - 1 }), { weeks: 1 }] as const,
    MONTH: [date.with({ day: 1 }), { months: 1 }] as const,
  }[unit];
  // Without a time, a date in a zone begins with its first time of day.
  return between(first.toZonedDateTime(local.timeZoneId), first.add(length).toZonedDateTime(local.timeZoneId));
}

const between = (from: Temporal.ZonedDateTime, to: Temporal.ZonedDateTime): CalendarPeriod => ({
  from: new Date(from.epochMilliseconds),
  to: new Date(to.epochMilliseconds),
});
