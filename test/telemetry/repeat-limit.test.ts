import { expect, test } from '@jest/globals';
import { RepeatLimit } from '../../src/telemetry/repeat-limit.js';

const at = (seconds: number) => new Date(seconds * 1000);

test('lets a repeated message through once a minute, with the number of those left out', () => {
  const limit = new RepeatLimit();
  expect([0, 1, 2, 59].map((seconds) => limit.count('away', at(seconds)))).toEqual([0, null, null, null]);
  expect(limit.count('away', at(60))).toBe(3);
  expect(limit.count('away', at(61))).toBeNull();
  expect(limit.count('away', at(600))).toBe(1);
});

test('counts each message of a repeat limit alone', () => {
  const limit = new RepeatLimit();
  expect(['away', 'full', 'away', 'full'].map((message) => limit.count(message, at(0)))).toEqual([0, 0, null, null]);
});

test('forgets the oldest of more than a hundred messages of a repeat limit', () => {
  const limit = new RepeatLimit();
  for (let number = 0; number <= 100; number += 1) limit.count(`message ${number}`, at(0));
  expect([limit.count('message 100', at(1)), limit.count('message 0', at(1))]).toEqual([null, 0]);
});
