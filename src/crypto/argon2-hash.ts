import { argon2id, hash, needsRehash, verify } from 'argon2';
import type { HashVerifier } from './hash-verifier.js';
import { passwordBytes } from './password-bytes.js';

/** The cost of one hash: memory in KiB, passes over it, and lanes (RFC 9106). */
export interface Argon2Parameters {
  readonly memoryKib: number;
  readonly iterations: number;
  readonly parallelism: number;
}

/** Length of a tag in bytes. The library creates a salt of 16 bytes. */
const TAG_BYTES = 32;

/** A hash of Postern: Argon2id with a salt of 16 bytes and a tag of 32. Imported ones may be shorter. */
const OWN_PATTERN = /^\$argon2id\$v=19\$[^$]+\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/;

/** Maximum cost of a stored hash, so that a forged row can't exhaust the server. */
const MAXIMUM_COST = { memoryKib: 1_048_576, iterations: 20, parallelism: 16 };

/** Minimum memory per lane (RFC 9106, section 3.1). */
const MINIMUM_LANE_KIB = 8;

/**
 * Any variant of Argon2, since other systems use each. The shortest salt has 8 bytes and the shortest tag 4 (RFC 9106,
 * section 3.1); the longest have 64 and 128.
 */
const PHC_PATTERN = /^\$argon2(?:id|i|d)\$v=19\$([^$]+)\$[A-Za-z0-9+/]{11,86}\$[A-Za-z0-9+/]{6,171}$/;

/** Hashes passwords with Argon2id and one set of parameters. */
export function argon2Hashing({ memoryKib: memoryCost, iterations: timeCost, parallelism }: Argon2Parameters) {
  const options = { type: argon2id, memoryCost, timeCost, parallelism, hashLength: TAG_BYTES } as const;
  return {
    hash: (password: string): Promise<string> => hash(passwordBytes(password), options),
    isOutdated: (phc: string): boolean =>
      !OWN_PATTERN.test(phc) || needsRehash(phc, { memoryCost, timeCost, parallelism }),
  };
}

/** The verifier of an Argon2 PHC string; null if it is none, or exceeds the maximum cost. */
export const argon2Verifier = (phc: string): HashVerifier | null =>
  isWithinMaximumCost(phc) ? (password) => verify(phc, passwordBytes(password)) : null;

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
