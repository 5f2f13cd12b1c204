import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import {
  HashingOverloadedError,
  concurrentHashes,
  createPasswordHashing,
  type PasswordHashing,
} from '../../src/crypto/password-hash.js';

/** Only the timers are fake. Argon2 runs in real threads. */
beforeEach(() => {
  jest.useFakeTimers({
    doNotFake: ['nextTick', 'setImmediate', 'clearImmediate', 'queueMicrotask', 'performance', 'hrtime', 'Date'],
  });
});
afterEach(() => {
  jest.useRealTimers();
});

const MAXIMUM_WAIT_MS = 5_000;
const CORES = 8;

let passwords: PasswordHashing;
beforeEach(async () => {
  passwords = await createPasswordHashing({ memoryKib: 19_456, iterations: 2, parallelism: 1 }, CORES);
});

type Ending = 'pending' | 'done' | 'overloaded';

/** Requests hashes concurrently and records the outcome of each. */
function ask(count: number) {
  const outcomes: Ending[] = Array.from({ length: count }, () => 'pending');
  const all = Promise.all(
    outcomes.map((_, index) =>
      passwords.hash(`password number ${index}`).then(
        () => {
          outcomes[index] = 'done';
        },
        (error: unknown) => {
          if (!(error instanceof HashingOverloadedError)) throw error;
          outcomes[index] = 'overloaded';
        },
      ),
    ),
  );
  return { all, count: (outcome: Ending) => outcomes.filter((one) => one === outcome).length };
}

/** Runs everything that waits for neither a thread nor a timer. */
const hashConcurrently = async () => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

test('runs 4 hashes, queues 64 and rejects the 69th immediately (R-7)', async () => {
  const asked = ask(68);
  await hashConcurrently();
  expect(asked.count('overloaded')).toBe(0);
  await expect(passwords.hash('one too many')).rejects.toThrow(HashingOverloadedError);
  await expect(passwords.verify(null, 'one too many')).rejects.toThrow(HashingOverloadedError);
  expect(asked.count('pending')).toBe(68);
  await asked.all;
  expect(asked.count('done')).toBe(68);
});

test('rejects hashes that have waited 5 s, and finishes the 4 that are running (R-7)', async () => {
  const asked = ask(10);
  await hashConcurrently();
  jest.advanceTimersByTime(MAXIMUM_WAIT_MS - 1);
  await hashConcurrently();
  expect(asked.count('overloaded')).toBe(0);
  jest.advanceTimersByTime(1);
  await hashConcurrently();
  expect(asked.count('overloaded')).toBe(6);
  expect(asked.count('pending')).toBe(4);
  await asked.all;
  expect(asked.count('done')).toBe(4);
});

test('runs 4 verifications concurrently and rejects those that wait too long (R-7)', async () => {
  const outcomes = Array.from({ length: 6 }, () => passwords.verify(null, 'whatever').catch((error: unknown) => error));
  await hashConcurrently();
  jest.advanceTimersByTime(MAXIMUM_WAIT_MS);
  const settled = await Promise.all(outcomes);
  expect(settled.filter((outcome) => outcome === false)).toHaveLength(4);
  expect(settled.filter((outcome) => outcome instanceof HashingOverloadedError)).toHaveLength(2);
});

test('frees the queue after timeouts, and sets no timeout on running hashes (R-7)', async () => {
  const asked = ask(68);
  await hashConcurrently();
  jest.advanceTimersByTime(MAXIMUM_WAIT_MS);
  await asked.all;
  expect(asked.count('done')).toBe(4);
  expect(asked.count('overloaded')).toBe(64);
  const again = ask(68);
  await hashConcurrently();
  expect(again.count('overloaded')).toBe(0);
  jest.advanceTimersByTime(MAXIMUM_WAIT_MS);
  await again.all;
  expect(jest.getTimerCount()).toBe(0);
});

test('asks rejected callers to retry after 5 s (R-7)', () => {
  expect(new HashingOverloadedError().retryAfterSeconds).toBe(5);
});

test.each([
  [1, 1, 1],
  [1, 4, 1],
  [2, 1, 2],
  [2, 4, 1],
  [8, 4, 2],
  [16, 4, 4],
  [64, 1, 4],
])('on %i cores runs hashes of %i lanes %i at a time (R-7)', (cores, lanes, hashes) =>
  expect(concurrentHashes(lanes, cores)).toBe(hashes),
);
