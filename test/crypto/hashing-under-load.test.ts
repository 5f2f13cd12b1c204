import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { HashingOverloaded, createPasswordHashing, type PasswordHashing } from '../../src/crypto/password-hash.js';

/** Only the timers are moved by hand: Argon2 itself runs, in threads of its own. */
beforeEach(() => {
  jest.useFakeTimers({
    doNotFake: ['nextTick', 'setImmediate', 'clearImmediate', 'queueMicrotask', 'performance', 'hrtime', 'Date'],
  });
});
afterEach(() => {
  jest.useRealTimers();
});

const MAXIMUM_WAIT_MS = 5_000;

let passwords: PasswordHashing;
beforeEach(async () => {
  passwords = await createPasswordHashing({ memoryKib: 19_456, iterations: 2, parallelism: 1 });
});

type Ending = 'pending' | 'done' | 'overloaded';

/** Asks for hashes all at once, and watches how each one ends. */
function ask(count: number) {
  const endings: Ending[] = Array.from({ length: count }, () => 'pending');
  const all = Promise.all(
    endings.map((_, index) =>
      passwords.hash(`password number ${index}`).then(
        () => {
          endings[index] = 'done';
        },
        (error: unknown) => {
          if (!(error instanceof HashingOverloaded)) throw error;
          endings[index] = 'overloaded';
        },
      ),
    ),
  );
  return { all, count: (ending: Ending) => endings.filter((one) => one === ending).length };
}

/** Lets everything happen that waits for no thread and no timer. */
const everythingAtOnce = async () => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

test('4 hashes run and 64 wait; the 69th is refused at once (R-7)', async () => {
  const asked = ask(68);
  await everythingAtOnce();
  expect(asked.count('overloaded')).toBe(0);
  await expect(passwords.hash('one too many')).rejects.toThrow(HashingOverloaded);
  await expect(passwords.verify(null, 'one too many')).rejects.toThrow(HashingOverloaded);
  expect(asked.count('pending')).toBe(68);
  await asked.all;
  expect(asked.count('done')).toBe(68);
});

test('at most 4 hashes run at once: of 10, the 6 that have waited 5 s give up and the 4 that run come to their end (R-7)', async () => {
  const asked = ask(10);
  await everythingAtOnce();
  jest.advanceTimersByTime(MAXIMUM_WAIT_MS - 1);
  await everythingAtOnce();
  expect(asked.count('overloaded')).toBe(0);
  jest.advanceTimersByTime(1);
  await everythingAtOnce();
  expect(asked.count('overloaded')).toBe(6);
  expect(asked.count('pending')).toBe(4);
  await asked.all;
  expect(asked.count('done')).toBe(4);
});

test('comparing counts as hashing does: 4 at once, and who waits too long gives up (R-7)', async () => {
  const endings = Array.from({ length: 6 }, () => passwords.verify(null, 'whatever').catch((error: unknown) => error));
  await everythingAtOnce();
  jest.advanceTimersByTime(MAXIMUM_WAIT_MS);
  const settled = await Promise.all(endings);
  expect(settled.filter((ending) => ending === false)).toHaveLength(4);
  expect(settled.filter((ending) => ending instanceof HashingOverloaded)).toHaveLength(2);
});

test('a place that a hash gave up is free again, and a hash under way has no end of its own (R-7)', async () => {
  const asked = ask(68);
  await everythingAtOnce();
  jest.advanceTimersByTime(MAXIMUM_WAIT_MS);
  await asked.all;
  expect(asked.count('done')).toBe(4);
  expect(asked.count('overloaded')).toBe(64);
  const again = ask(68);
  await everythingAtOnce();
  expect(again.count('overloaded')).toBe(0);
  jest.advanceTimersByTime(MAXIMUM_WAIT_MS);
  await again.all;
  expect(jest.getTimerCount()).toBe(0);
});

test('who is refused is told to come back after 5 s (R-7)', () => {
  expect(new HashingOverloaded().retryAfterSeconds).toBe(5);
});
