import { expect, test } from '@jest/globals';
import { ReadTimeoutError, isDatabaseUnavailable } from '../../src/database/connection/database-unavailable.js';

const withCode = (code: string) => Object.assign(new Error('a failure'), { code });

test.each([
  '08006',
  '25006',
  '25P03',
  '40001',
  '40P01',
  '53100',
  '53300',
  '55P03',
  '57014',
  '57P01',
  '57P03',
  '58030',
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
])('takes %s for an unavailable database (D-11)', (code) => expect(isDatabaseUnavailable(withCode(code))).toBe(true));

test.each([
  'timeout exceeded when trying to connect',
  'Connection terminated unexpectedly',
  'Connection terminated due to connection timeout',
  'Client has encountered a connection error and is not queryable',
])('takes “%s” of the driver for an unavailable database (D-11)', (message) =>
  expect(isDatabaseUnavailable(new Error(message))).toBe(true),
);

test('takes a read that got no response for an unavailable database (D-11)', () =>
  expect(isDatabaseUnavailable(new ReadTimeoutError())).toBe(true));

test.each(['23505', '22P02', '42703', '42P01', '26000', 'XX000', 'ERR_INVALID_ARG_TYPE', '5308', ''])(
  'takes the code “%s” for a fault',
  (code) => expect(isDatabaseUnavailable(withCode(code))).toBe(false),
);

test('takes any other error for a fault', () => {
  for (const error of [new Error('a failure'), new TypeError('x is not a function'), 'timeout expired', null])
    expect(isDatabaseUnavailable(error)).toBe(false);
});
