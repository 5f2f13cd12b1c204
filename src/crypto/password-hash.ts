import { AsyncResource } from 'node:async_hooks';
import { availableParallelism } from 'node:os';
import { argon2id, hash, needsRehash, verify } from 'argon2';
import PQueue from 'p-queue';
import { seconds } from '../duration.js';
import { canonicalPassword } from '../text/normalize.js';
import { newToken } from './token.js';

/** The cost of one hash: memory in KiB, passes over it, and lanes (RFC 9106). */
export interface Argon2Parameters {
  readonly memoryKib: number;
  readonly iterations: number;
  readonly parallelism: number;
}

/** Hashes and verifies passwords with Argon2id, a limited number at a time. */
export interface PasswordHashing {
  /** Returns a PHC string with its own salt. */
  hash(password: string): Promise<string>;
  /** Whether the password matches. Without a hash, takes the same time and returns false. */
  verify(phc: string | null, password: string): Promise<boolean>;
  /** Whether a hash was made with parameters other than the current ones. */
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

/** Length of a tag in bytes. The library creates a salt of 16 bytes. */
const TAG_BYTES = 32;

/** Maximum cost of a stored hash, so that a forged row can't exhaust the server. */
const MAXIMUM_COST = { memoryKib: 1_048_576, iterations: 20, parallelism: 16 };

/**
 * Minimum memory per lane (8 KiB), and the shortest salt (8 bytes) and tag (4 bytes), both in base64 (RFC 9106, section
 * 3.1).
 */
const MINIMUM_LANE_KIB = 8;
const PHC_PATTERN = /^\$argon2id\$v=19\$([^$]+)\$[A-Za-z0-9+/]{11,}\$[A-Za-z0-9+/]{6,}$/;

/**
 * UTF-8 has no lone surrogates, and the encoder would replace all of them with one character. So each becomes its
 * number after a noncharacter: different passwords have different bytes.
 */
const toBytes = (password: string) =>
  Buffer.from(
    canonicalPassword(password).replace(/[\p{Cs}\uffff]/gu, (unit) => `\uffff${unit.charCodeAt(0).toString(16)}`),
    'utf8',
  );

/**
 * Requires each parameter exactly once, so that the checked value is the one that is used. Accepts any order, since
 * libraries differ.
 */
function isWithinMaximumCost(phc: string): boolean {
  const parameterList = PHC_PATTERN.exec(phc)?.[1]?.split(',') ?? [];
  const cost = (name: string) =>
    Number(parameterList.find((parameter) => parameter.startsWith(`${name}=`))?.slice(2) ?? NaN);
  const [memoryKib, iterations, parallelism] = [cost('m'), cost('t'), cost('p')];
  return (
    parameterList.length === 3 &&
    memoryKib <= MAXIMUM_COST.memoryKib &&
    iterations <= MAXIMUM_COST.iterations &&
    parallelism <= MAXIMUM_COST.parallelism &&
    iterations >= 1 &&
    parallelism >= 1 &&
    memoryKib >= MINIMUM_LANE_KIB * parallelism
  );
}

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
  const { memoryKib: memoryCost, iterations: timeCost, parallelism } = parameters;
  const options = { type: argon2id, memoryCost, timeCost, parallelism, hashLength: TAG_BYTES } as const;
  const queue = new PQueue({ concurrency: concurrentHashes(parallelism, cores) });

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

  const hashPassword = (password: string) => enqueue(() => hash(toBytes(password), options));
  const dummyHash = await hash(newToken('setup'), options);

  return {
    hash: hashPassword,
    verify: async (phc, password) => {
      const target = phc !== null && isWithinMaximumCost(phc) ? phc : dummyHash;
      const matches = await enqueue(() => verify(target, toBytes(password)));
      return matches && target === phc;
    },
    isOutdated: (phc) => needsRehash(phc, { memoryCost, timeCost, parallelism }),
    countWaiting: () => queue.size,
  };
}
