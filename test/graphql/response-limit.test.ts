import { expect, test } from '@jest/globals';
import { stringifyResponse } from '../../src/graphql/limits/response-limit.js';

const MEBIBYTE = 1_024 * 1_024;

/** A response of a given size in bytes, including the line break. */
const ofBytes = (bytes: number, filling = 'x') => {
  const overhead = JSON.stringify({ data: { text: '' } }).length + 1;
  return { data: { text: filling.repeat((bytes - overhead) / Buffer.byteLength(filling)) } };
};

test('replaces a response larger than 1 MiB with an error (R-87)', () => {
  const largest = stringifyResponse(ofBytes(MEBIBYTE));
  expect(Buffer.byteLength(largest)).toBe(MEBIBYTE);
  const { errors, ...rest } = JSON.parse(stringifyResponse(ofBytes(MEBIBYTE + 1))) as { errors: unknown };
  expect(errors).toMatchObject([{ extensions: { code: 'ANSWER_TOO_LARGE' } }]);
  expect(rest).toEqual({});
});

test('measures the size of a response in bytes, not characters (R-87)', () => {
  const answer = ofBytes(MEBIBYTE + 2, '汉');
  expect(JSON.stringify(answer).length).toBeLessThan(MEBIBYTE / 2);
  expect(stringifyResponse(answer).slice(0, 200)).toContain('ANSWER_TOO_LARGE');
});
