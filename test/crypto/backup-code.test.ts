import { expect, test } from '@jest/globals';
import { newBackupCodes, parseBackupCode } from '../../src/crypto/backup-code.js';

test('generates ten backup codes with unique selectors and 16 Crockford base32 characters (R-36)', () => {
  for (let set = 0; set < 100; set += 1) {
    const codes = newBackupCodes();
    expect(codes).toHaveLength(10);
    for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z](-[0-9A-HJKMNP-TV-Z]{4}){4}$/);
    expect(new Set(codes.map((code) => code.charAt(0))).size).toBe(10);
  }
});

test('generates 100,000 distinct backup codes with evenly distributed characters (R-36)', () => {
  const codes = Array.from({ length: 10_000 }, newBackupCodes)
    .flat()
    .map((code) => code.replaceAll('-', ''));
  expect(new Set(codes).size).toBe(100_000);
  for (let place = 0; place < 17; place += 1) {
    const counts = new Map<string, number>();
    for (const code of codes) counts.set(code.charAt(place), (counts.get(code.charAt(place)) ?? 0) + 1);
    expect(counts.size).toBe(32);
    const expected = codes.length / 32;
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // 31 degrees of freedom: chance exceeds 93 once in 40 million runs.
    expect(chiSquare).toBeLessThan(93);
  }
});

test('ignores case, dashes and spaces in a backup code, and reads O as 0, and I and L as 1 (R-36)', () => {
  const code = { selector: '7', canonical: '7K3QF0V1M1TB4W8PC' };
  for (const typed of [
    '7-K3QF-0V1M-1TB4-W8PC',
    '7K3QF0V1M1TB4W8PC',
    '7-k3qf-0v1m-1tb4-w8pc',
    ' 7 K3QF 0V1M 1TB4 W8PC ',
    '7-K3QF-OVIM-LTB4-W8PC',
    '7k3qfovlmitb4w8pc',
    '7---K3QF0V1M1TB4W8PC',
  ]) {
    expect([typed, parseBackupCode(typed)]).toEqual([typed, code]);
  }
});

test.each([
  '',
  ' ',
  '7',
  '7-K3QF-0V1M-1TB4-W8P',
  '7-K3QF-0V1M-1TB4-W8PCC',
  '7-K3QF-0V1M-1TB4-W8PU',
  '7-K3QF-0V1M-1TB4-W8P\u0000',
  '7-K3QF-0V1M-1TB4-W8Pı',
  '7_K3QF_0V1M_1TB4_W8PC',
  '123456',
  'undefined',
  '\ud800',
])('rejects %j as a backup code (R-36)', (typed) => {
  expect(parseBackupCode(typed)).toBeNull();
});
