import { expect, test } from '@jest/globals';
import { days, hours, inMinutes, inSeconds, minutes, seconds } from '../src/duration.js';

test('measures durations in milliseconds', () => {
  expect(seconds(1.5)).toBe(1_500);
  expect(minutes(5)).toBe(300_000);
  expect(hours(72)).toBe(259_200_000);
  expect(days(365)).toBe(31_536_000_000);
});

test('builds each unit of time from whole smaller units', () => {
  expect(minutes(1)).toBe(seconds(60));
  expect(hours(1)).toBe(minutes(60));
  expect(days(1)).toBe(hours(24));
});

test('converts a duration to seconds and minutes', () => {
  expect(inSeconds(minutes(5) + seconds(15))).toBe(315);
  expect(inSeconds(1)).toBe(0.001);
  expect(inMinutes(hours(0.5))).toBe(30);
});
