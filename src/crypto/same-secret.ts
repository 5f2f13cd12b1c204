import { hash, timingSafeEqual } from 'node:crypto';

/** Whether two secrets are equal, in a time that depends on neither of them. */
export const isSameSecret = (given: string | Buffer, expected: string | Buffer): boolean =>
  timingSafeEqual(hash('sha256', given, 'buffer'), hash('sha256', expected, 'buffer'));
