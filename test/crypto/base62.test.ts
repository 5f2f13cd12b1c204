import { expect, test } from '@jest/globals';
import { decodeBase62, encodeBase62 } from '../../src/crypto/base62.js';

test('encodes base62 with digits, then capitals, then lowercase letters, and pads it with zeros', () => {
  expect(encodeBase62(0n, 1)).toBe('0');
  expect(encodeBase62(9n, 1)).toBe('9');
  expect(encodeBase62(10n, 1)).toBe('A');
  expect(encodeBase62(36n, 1)).toBe('a');
  expect(encodeBase62(61n, 1)).toBe('z');
  expect(encodeBase62(62n, 6)).toBe('000010');
});

test('encodes 256 bits in at most 43 digits, 32 bits in 6 and 128 bits in 22', () => {
  expect(encodeBase62(2n ** 256n - 1n, 1)).toHaveLength(43);
  expect(encodeBase62(2n ** 32n - 1n, 1)).toHaveLength(6);
  expect(encodeBase62(2n ** 128n - 1n, 1)).toHaveLength(22);
});

test.each([
  0n,
  1n,
  61n,
  62n,
  3_843n,
  62n ** 8n - 1n,
  62n ** 8n,
  62n ** 16n + 1n,
  2n ** 128n - 1n,
  2n ** 255n + 12_345n,
  2n ** 256n - 1n,
])('decodes %s to the value that was encoded', (value) => {
  expect(decodeBase62(encodeBase62(value, 43))).toBe(value);
});

test.each(['-', 'abc_', 'é', ' 1', '１'])('rejects %j as a base62 number', (text) => {
  expect(decodeBase62(text)).toBeNull();
});
