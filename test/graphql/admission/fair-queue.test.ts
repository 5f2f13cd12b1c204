import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { FairQueue } from '../../../src/graphql/admission/fair-queue.js';
import { OverloadedError } from '../../../src/rules/overloaded.js';

// Work that a test leaves waiting must not be rejected while another test runs.
beforeEach(() => void jest.useFakeTimers({ doNotFake: ['setImmediate'] }));
afterEach(() => void jest.useRealTimers());

const limits = { running: 1, runningPerKey: 1, waiting: 3, waitMs: 5_000 };

/** Enters a queue for each key in order. @returns the keys in the order in which they began, and how to end each */
function enterAll(queue: FairQueue, keys: readonly string[]) {
  const begun: string[] = [];
  const leaves: (() => void)[] = [];
  const entries = keys.map(async (key) => {
    const leave = await queue.enter(key);
    begun.push(key);
    leaves.push(leave);
  });
  return { begun, leaves, entries };
}

/** Lets settled promises run. */
const settle = () => new Promise(setImmediate);

test('serves keys in turn, and the work of one key in order', async () => {
  const queue = new FairQueue({ ...limits, waiting: 10 });
  const { begun, leaves } = enterAll(queue, ['a', 'a', 'a', 'a', 'b', 'c', 'b']);
  for (let count = 1; count < 7; count += 1) {
    await settle();
    expect(begun).toHaveLength(count);
    leaves.at(-1)!();
  }
  await settle();
  expect(begun).toEqual(['a', 'a', 'b', 'c', 'a', 'b', 'a']);
});

test('rejects immediately when the queue is full of work of the same key', async () => {
  const queue = new FairQueue(limits);
  const { entries } = enterAll(queue, ['a', 'a', 'a', 'a']);
  await entries[0];
  await expect(queue.enter('a')).rejects.toThrow(OverloadedError);
});

test('makes room for another key by rejecting the newest work of the busiest one', async () => {
  const queue = new FairQueue(limits);
  const { begun, leaves, entries } = enterAll(queue, ['a', 'a', 'a', 'a', 'b']);
  await expect(entries[3]).rejects.toThrow(OverloadedError);
  leaves[0]!();
  await settle();
  leaves[1]!();
  await settle();
  expect(begun).toEqual(['a', 'a', 'b']);
});

test('rejects a key that is itself among the busiest when the queue is full', async () => {
  const queue = new FairQueue(limits);
  const { entries } = enterAll(queue, ['x', 'a', 'b', 'c']);
  await entries[0];
  const late = queue.enter('c');
  await expect(Promise.race([late, ...entries.slice(1)])).rejects.toThrow(OverloadedError);
});

test('runs no more work of one key than allowed, and lets others pass', async () => {
  const queue = new FairQueue({ ...limits, running: 3, runningPerKey: 2 });
  const { begun, leaves } = enterAll(queue, ['a', 'a', 'a', 'b']);
  await settle();
  expect(begun).toEqual(['a', 'a', 'b']);
  leaves[2]!();
  await settle();
  expect(begun).toHaveLength(3);
  leaves[0]!();
  leaves[0]!();
  await settle();
  expect(begun).toEqual(['a', 'a', 'b', 'a']);
});

test('serves the parts of a key in turn, so that one session can’t delay the others of its account', async () => {
  const queue = new FairQueue(limits);
  const begun: string[] = [];
  const enter = async (part: string) => {
    const leave = await queue.enter('account', part);
    begun.push(part);
    return leave;
  };
  const leave = await enter('running');
  const flood = [enter('stolen'), enter('stolen'), enter('stolen')];
  const own = enter('own');
  await expect(flood[2]).rejects.toThrow(OverloadedError);
  leave();
  (await flood[0]!)();
  (await own)();
  (await flood[1]!)();
  expect(begun).toEqual(['running', 'stolen', 'own', 'stolen']);
});

test('rejects work that waited too long, and frees its place', async () => {
  const queue = new FairQueue({ ...limits, waiting: 1 });
  const { entries, begun, leaves } = enterAll(queue, ['a', 'a']);
  await entries[0];
  jest.advanceTimersByTime(4_999);
  await settle();
  expect(begun).toEqual(['a']);
  jest.advanceTimersByTime(1);
  await expect(entries[1]).rejects.toThrow(OverloadedError);
  const next = queue.enter('b');
  leaves[0]!();
  expect(await next).toBeInstanceOf(Function);
});
