import { expect } from '@jest/globals';
import type { Answer } from '../support/client.js';

interface UserErrorSeen {
  readonly code: string;
  readonly field: readonly string[] | null | undefined;
}

const payloadOf = (answer: Answer<unknown>) =>
  Object.values((answer.data ?? {}) as Record<string, { userErrors?: UserErrorSeen[] } | null>)[0];

expect.extend({
  /** The only mutation was refused with exactly these codes, e.g. `['PASSWORD_TOO_SHORT', 'password']`. */
  toBeRefusedWith(answer: Answer<unknown>, ...expected: [code: string, ...field: string[]][]) {
    const seen = (payloadOf(answer)?.userErrors ?? []).map(({ code, field }) => [code, ...(field ?? [])]);
    return {
      pass: this.equals(seen, expected),
      message: () => `expected the refusals ${JSON.stringify(expected)}, and the answer was ${answer.text}`,
    };
  },
  /** The only mutation succeeded. */
  toSucceed(answer: Answer<unknown>) {
    const payload = payloadOf(answer);
    return {
      pass: answer.errors.length === 0 && payload?.userErrors?.length === 0,
      message: () => `expected success, and the answer was ${answer.text}`,
    };
  },
  /** The response has a top-level error with this code. */
  toFailWith(answer: Answer<unknown>, code: string) {
    return {
      pass: answer.errors.some((error) => error.extensions['code'] === code),
      message: () => `expected the error ${code}, and the answer was ${answer.text}`,
    };
  },
});

declare module 'expect' {
  interface Matchers<R extends void | Promise<void>> {
    toBeRefusedWith(...expected: [code: string, ...field: string[]][]): R;
    toSucceed(): R;
    toFailWith(code: string): R;
  }
}
