import { expect, test } from '@jest/globals';
import { rememberRecent } from '../../src/net/remember-recent.js';

/** A function that counts its calls. */
function counted() {
  let calls = 0;
  const find = rememberRecent((text) => {
    calls += 1;
    return text === '' ? null : text.toUpperCase();
  });
  return { find, calls: () => calls };
}

test('finds the same once when a text repeats, also null', () => {
  const { find, calls } = counted();
  expect([find('a'), find('a'), find(''), find('')]).toEqual(['A', 'A', null, null]);
  expect(calls()).toBe(2);
});

test('keeps nothing of a long text', () => {
  const { find, calls } = counted();
  find('a'.repeat(65));
  find('a'.repeat(65));
  expect(calls()).toBe(2);
});

test('forgets all texts when there are too many', () => {
  const { find, calls } = counted();
  for (let number = 0; number <= 1_000; number += 1) find(`${number}`);
  find('0');
  find('1000');
  expect(calls()).toBe(1_002);
});
