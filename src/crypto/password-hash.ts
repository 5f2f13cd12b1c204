import { AsyncResource } from 'node:async_hooks';
import { availableParallelism } from 'node:os';
import PQueue from 'p-queue';
import { seconds } from '../duration.js';
import { argon2Hashing, argon2Verifier, type Argon2Parameters } from './argon2-hash.js';
import { findHashVerifier } from './find-hash-verifier.js';
import { newToken } from './token.js';

/** Hashes passwords with Argon2id, and verifies them with any supported hash, a limited number at a time. */
export interface PasswordHashing {
  /** Returns a PHC string with its own salt. */
  hash(password: string): Promise<string>;
  /** Whether the password matches. Without a hash, takes the same time and returns false. */
  verify(phc: string | null, password: string): Promise<boolean>;
  /** Whether a hash was made with another algorithm, or with parameters other than the current ones. */
  isOutdated(phc: string): boolean;
  /** How many hashes wait for their turn. */
  countWaiting(): number;
}

/** Too many password hashes are waiting. The caller should retry later, and no attempt was counted. */
export class HashingOverloadedError extends Error {
  readonly retryAfterSeconds = 5;
}

/** Concurrent hashes, waiting hashes, and the longest wait. They limit the memory that sign-ins can use. */
const MAXIMUM_CONCURRENT_HASHES = 4;
export const MAXIMUM_WAITING_HASHES = 64;
const MAXIMUM_WAIT_MS = seconds(5);

/**
 * How many hashes of this many lanes run at the same time. More threads than cores would not finish sooner, and would
 * take the cores from every other request.
 */
export const concurrentHashes = (lanes: number, cores = availableParallelism()): number =>
  Math.max(1, Math.min(MAXIMUM_CONCURRENT_HASHES, Math.floor(cores / lanes)));

/**
 * Creates password hashing with the parameters of this process.
 *
 * @param onTurn called when a hash begins, with the time that it waited
 */
export async function createPasswordHashing(
  parameters: Argon2Parameters,
  cores = availableParallelism(),
  onTurn: (waitMs: number) => void = () => undefined,
): Promise<PasswordHashing> {
  const argon2 = argon2Hashing(parameters);
  const queue = new PQueue({ concurrency: concurrentHashes(parameters.parallelism, cores) });

  const enqueue = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (queue.size >= MAXIMUM_WAITING_HASHES) throw new HashingOverloadedError();
    const queuedAt = performance.now();
    // The queue starts it in the context of another one that has ended.
    const begin = AsyncResource.bind(() => onTurn(performance.now() - queuedAt));
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(new HashingOverloadedError()), MAXIMUM_WAIT_MS);
    return queue.add(
      () => {
        clearTimeout(timer);
        begin();
        return work();
      },
      { signal: timeout.signal },
    );
  };

  const dummyHash = await argon2.hash(newToken('setup'));
  const verifyDummy = argon2Verifier(dummyHash);

  return {
    hash: (password) => enqueue(() => argon2.hash(password)),
    verify: async (phc, password) => {
      const verifyHash = phc === null ? null : findHashVerifier(phc);
      // The work of a current hash beside any other one: a cheaper one would be faster than an unknown name.
      const addsWork = verifyHash === null || phc === null || argon2.isOutdated(phc);
      const [matches] = await enqueue(() =>
        Promise.all([verifyHash?.(password) ?? false, addsWork && verifyDummy?.(password)]),
      );
      return matches;
    },
    isOutdated: argon2.isOutdated,
    countWaiting: () => queue.size,
  };
}
