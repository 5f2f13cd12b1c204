import { argon2id, hash, needsRehash, verify } from 'argon2';
import PQueue from 'p-queue';
import { seconds } from '../duration.js';
import { canonicalPassword } from '../text/normalize.js';
import { newToken } from './token.js';

/** What one hash costs: memory in KiB, passes over it, and lanes (RFC 9106). */
export interface Argon2Parameters {
  readonly memoryKib: number;
  readonly iterations: number;
  readonly parallelism: number;
}

/** Hashes and compares passwords with Argon2id, a bounded number at a time. */
export interface PasswordHashing {
  /** A PHC string with a salt of its own. */
  hash(password: string): Promise<string>;
  /** Whether the password is the one that was hashed. Without a hash it takes the same time and answers no. */
  verify(phc: string | null, password: string): Promise<boolean>;
  /** Whether a hash was made with other parameters than today's. */
  isOutdated(phc: string): boolean;
}

/** Too many people wait for a password hash: the caller is told to come back, and nothing was spent. */
export class HashingOverloaded extends Error {
  readonly retryAfterSeconds = 5;
}

/** Hashes at once, hashes waiting, and how long one waits: what bounds the memory that sign-ins can take. */
const CONCURRENT_HASHES = 4;
const WAITING_HASHES = 64;
const MAXIMUM_WAIT_MS = seconds(5);

/** Salt and tag lengths of R-4, in bytes; the library makes a salt of 16. */
const TAG_BYTES = 32;

/** What a stored hash may ask for at the most, so that a forged row cannot stop the server. */
const CEILING = { memoryKib: 1_048_576, iterations: 20, parallelism: 16 };

/**
 * Memory that each lane takes at the least, and the shortest salt and tag (RFC 9106, section 3.1): 8 KiB; 8 and 4
 * bytes, here in base64.
 */
const LANE_KIB = 8;
const PHC_PATTERN = /^\$argon2id\$v=19\$([^$]+)\$[A-Za-z0-9+/]{11,}\$[A-Za-z0-9+/]{6,}$/;

const toBytes = (password: string) => Buffer.from(canonicalPassword(password), 'utf8');

/**
 * Each parameter stands there once, so that none is checked and another one run; in any order, since libraries differ
 * in it.
 */
function isWithinCeiling(phc: string): boolean {
  const parameterList = PHC_PATTERN.exec(phc)?.[1]?.split(',') ?? [];
  const cost = (name: string) =>
    Number(parameterList.find((parameter) => parameter.startsWith(`${name}=`))?.slice(2) ?? NaN);
  const [memoryKib, iterations, parallelism] = [cost('m'), cost('t'), cost('p')];
  return (
    parameterList.length === 3 &&
    memoryKib <= CEILING.memoryKib &&
    iterations <= CEILING.iterations &&
    parallelism <= CEILING.parallelism &&
    iterations >= 1 &&
    parallelism >= 1 &&
    memoryKib >= LANE_KIB * parallelism
  );
}

/** Password hashing with the parameters of this process. */
export async function createPasswordHashing(parameters: Argon2Parameters): Promise<PasswordHashing> {
  const { memoryKib: memoryCost, iterations: timeCost, parallelism } = parameters;
  const options = { type: argon2id, memoryCost, timeCost, parallelism, hashLength: TAG_BYTES } as const;
  const queue = new PQueue({ concurrency: CONCURRENT_HASHES });

  const inTurn = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (queue.size >= WAITING_HASHES) throw new HashingOverloaded();
    const wait = new AbortController();
    const timer = setTimeout(() => wait.abort(new HashingOverloaded()), MAXIMUM_WAIT_MS);
    return queue.add(
      () => {
        clearTimeout(timer);
        return work();
      },
      { signal: wait.signal },
    );
  };

  const hashPassword = (password: string) => inTurn(() => hash(toBytes(password), options));
  const dummyHash = await hash(newToken('setup'), options);

  return {
    hash: hashPassword,
    verify: async (phc, password) => {
      const target = phc !== null && isWithinCeiling(phc) ? phc : dummyHash;
      const matches = await inTurn(() => verify(target, toBytes(password)));
      return matches && target === phc;
    },
    isOutdated: (phc) => needsRehash(phc, { memoryCost, timeCost, parallelism }),
  };
}
