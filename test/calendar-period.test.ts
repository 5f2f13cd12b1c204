import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  calendarPeriodAt,
  calendarPeriodsIn,
  calendarUnits,
  parseTimeZone,
  type CalendarUnit,
} from '../src/calendar-period.js';
import { days } from '../src/duration.js';

const zones = [
  'UTC',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Europe/Berlin',
  'America/Santiago',
  'Africa/Cairo',
  'Pacific/Apia',
  'Australia/Lord_Howe',
  'America/St_Johns',
];

/** A period as ISO times. */
const period = (unit: CalendarUnit, zone: string, time: string) => {
  const { from, to } = calendarPeriodAt(unit, zone, new Date(time));
  return [from.toISOString().replace(':00.000', ''), to.toISOString().replace(':00.000', '')];
};

test('finds the local day when it has 23, 24 or 25 hours', () => {
  expect(period('DAY', 'Europe/Berlin', '2026-03-29T12:00Z')).toEqual(['2026-03-28T23:00Z', '2026-03-29T22:00Z']);
  expect(period('DAY', 'Europe/Berlin', '2026-07-01T12:00Z')).toEqual(['2026-06-30T22:00Z', '2026-07-01T22:00Z']);
  expect(period('DAY', 'Europe/Berlin', '2026-10-25T12:00Z')).toEqual(['2026-10-24T22:00Z', '2026-10-25T23:00Z']);
});

test('begins a day without a midnight at its first time', () => {
  // Clocks went from 24:00 to 01:00.
  expect(period('DAY', 'America/Santiago', '2026-09-06T12:00Z')).toEqual(['2026-09-06T04:00Z', '2026-09-07T03:00Z']);
  expect(period('DAY', 'Africa/Cairo', '2026-04-24T12:00Z')).toEqual(['2026-04-23T22:00Z', '2026-04-24T21:00Z']);
});

test('follows a day that a zone left out with the next one', () => {
  // Samoa had no 30 December 2011.
  expect(period('DAY', 'Pacific/Apia', '2011-12-30T09:59Z')).toEqual(['2011-12-29T10:00Z', '2011-12-30T10:00Z']);
  expect(period('DAY', 'Pacific/Apia', '2011-12-30T10:00Z')).toEqual(['2011-12-30T10:00Z', '2011-12-31T10:00Z']);
});

test('begins a week on Monday and a month on the 1st', () => {
  expect(period('WEEK', 'Asia/Kathmandu', '2026-11-29T12:00Z')).toEqual(['2026-11-22T18:15Z', '2026-11-29T18:15Z']);
  expect(period('MONTH', 'Asia/Kolkata', '2026-02-14T00:00Z')).toEqual(['2026-01-31T18:30Z', '2026-02-28T18:30Z']);
});

test('keeps local hours apart when clocks go back by an hour or by half an hour', () => {
  expect(period('HOUR', 'Europe/Berlin', '2026-10-25T00:30Z')).toEqual(['2026-10-25T00:00Z', '2026-10-25T01:00Z']);
  expect(period('HOUR', 'Europe/Berlin', '2026-10-25T01:30Z')).toEqual(['2026-10-25T01:00Z', '2026-10-25T02:00Z']);
  expect(period('HOUR', 'Australia/Lord_Howe', '2026-04-04T15:15Z')).toEqual([
    '2026-04-04T14:00Z',
    '2026-04-04T15:30Z',
  ]);
});

test.each(zones)('covers every time of %s once when periods follow each other', (zone) => {
  const anyTime = fc.date({ min: new Date('2011-12-01Z'), max: new Date('2040-01-01Z'), noInvalidDate: true });
  fc.assert(
    fc.property(anyTime, fc.constantFrom(...calendarUnits), (time, unit) => {
      const { from, to } = calendarPeriodAt(unit, zone, time);
      expect(from <= time && time < to).toBe(true);
      expect(calendarPeriodAt(unit, zone, from)).toEqual({ from, to });
      expect(calendarPeriodAt(unit, zone, new Date(to.getTime() - 1))).toEqual({ from, to });
      expect(calendarPeriodAt(unit, zone, to).from).toEqual(to);
    }),
  );
});

test.each(zones)('begins each period of %s where its local date or hour begins, by the clocks of Intl', (zone) => {
  const format = new Intl.DateTimeFormat('en-CA', {
    ...{ timeZone: zone, hourCycle: 'h23', weekday: 'short', minute: '2-digit', second: '2-digit' },
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit' },
  });
  const clock = (time: number) =>
    Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, value])) as Record<string, string>;
  const anyTime = fc.date({ min: new Date('1971-01-10Z'), max: new Date('2100-01-01Z'), noInvalidDate: true });
  fc.assert(
    fc.property(anyTime, fc.constantFrom(...calendarUnits), (time, unit) => {
      const from = calendarPeriodAt(unit, zone, time).from.getTime();
      const [first, before] = [clock(from), clock(from - 1)];
      if (unit === 'HOUR') return expect(first).toMatchObject({ minute: '00', second: '00' });
      expect(first['day']).not.toBe(before['day']);
      if (unit === 'WEEK') expect(first['weekday']).toBe('Mon');
      if (unit === 'MONTH') expect(first['day']).toBe('01');
    }),
  );
});

test('returns the periods that a time span touches, and null above the limit', () => {
  const span = { from: new Date('2026-03-28T12:00Z'), to: new Date('2026-03-30T12:00Z') };
  const found = calendarPeriodsIn('DAY', 'Europe/Berlin', span, 3)!;
  expect(found.map(({ from }) => from.toISOString())).toEqual([
    '2026-03-27T23:00:00.000Z',
    '2026-03-28T23:00:00.000Z',
    '2026-03-29T22:00:00.000Z',
  ]);
  expect(calendarPeriodsIn('DAY', 'Europe/Berlin', span, 2)).toBeNull();
  expect(calendarPeriodsIn('DAY', 'Europe/Berlin', { from: span.to, to: span.from }, 2)).toEqual([]);
  expect(span.to.getTime() - span.from.getTime()).toBe(days(2));
});

test('accepts names and links of the IANA database in any case, and nothing else (R-135)', () => {
  expect(['europe/berlin', 'Asia/Calcutta', 'Asia/Kolkata', 'utc', 'Etc/GMT+3'].map(parseTimeZone)).toEqual([
    'Europe/Berlin',
    'Asia/Calcutta',
    'Asia/Kolkata',
    'UTC',
    'Etc/GMT+3',
  ]);
  for (const name of ['', '+05:00', 'UTC+3', 'PST', 'Europe/Atlantis', '../etc/passwd', `A${'a'.repeat(200)}`, '\0'])
    expect(parseTimeZone(name)).toBeNull();
});
