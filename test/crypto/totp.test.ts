import { expect, test } from '@jest/globals';
import { encodeTotpSecret, matchTotp, newTotpSecret, otpauthUri } from '../../src/crypto/totp.js';

/** The secret of the test vectors of RFC 4226 (appendix D) and RFC 6238 (appendix B, SHA-1). */
const secret = Buffer.from('12345678901234567890');
const at = (seconds: number) => new Date(seconds * 1_000);
const match = (code: string, seconds: number, lastStep: number | null = null) =>
  matchTotp({ secret, code, now: at(seconds), lastStep });

test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
])('accepts, at %i seconds, the code %s from RFC 6238, appendix B (R-27)', async (seconds, code) => {
  expect(await match(code, seconds)).toBe(Math.floor(seconds / 30));
});

test.each(
  ['755224', '287082', '359152', '969429', '338314', '254676', '287922', '162583', '399871', '520489'].map(
    (code, counter) => [counter, code] as const,
  ),
)('accepts, at counter %i, the code %s from RFC 4226, appendix D (R-27)', async (counter, code) => {
  expect(await match(code, counter * 30)).toBe(counter);
});

test('accepts an app code during its own time step, the one before and the one after (D-4)', async () => {
  const code = '050471';
  const step = 37_037_037;
  for (const [seconds, found] of [
    [-31, null],
    [-30, step],
    [-1, step],
    [0, step],
    [29, step],
    [30, step],
    [59, step],
    [60, null],
    [61, null],
    [90, null],
  ] as const) {
    expect([seconds, await match(code, step * 30 + seconds)]).toEqual([seconds, found]);
  }
});

test('rejects the codes of a used time step and of every step before it (R-26)', async () => {
  expect(await match('050471', 1_111_111_111, 37_037_036)).toBe(37_037_037);
  expect(await match('050471', 1_111_111_111, 37_037_037)).toBeNull();
  // The previous code, while it is still valid.
  expect(await match('081804', 1_111_111_111, 37_037_035)).toBe(37_037_036);
  expect(await match('081804', 1_111_111_111, 37_037_036)).toBeNull();
  expect(await match('081804', 1_111_111_111, 37_037_037)).toBeNull();
});

test('rejects app codes, without an error, after the clock is set back (R-26)', async () => {
  expect(await match('050471', 1_111_111_111, 50_000_000)).toBeNull();
});

test.each(['081804', '081 804', ' 0 8 1 8 0 4 ', '081\u00a0804\r\n', '\u200b081804\u2060', '０８１８０４'])(
  'accepts the app code %j (R-28, D-5)',
  async (code) => {
    expect(await match(code, 1_111_111_109)).toBe(37_037_036);
  },
);

test('requires the leading zeros of an app code (R-28)', async () => {
  expect(await match('81804', 1_111_111_109)).toBeNull();
});

test.each([
  '',
  ' ',
  '28708',
  '2870820',
  '+287082',
  '-287082',
  '287082.0',
  '2.87082e5',
  '1e5',
  '0x4616a',
  '٢٨٧٠٨٢',
  '287082\u0000',
  '287-082',
  'abcdef',
  'null',
  '\ud800',
])('rejects %j as an app code (R-28)', async (code) => {
  expect(await match(code, 59)).toBeNull();
});

test('generates distinct secrets of 20 random bytes, written in 32 characters (R-29)', () => {
  const secrets = Array.from({ length: 1_000 }, () => encodeTotpSecret(newTotpSecret()));
  for (const text of secrets) expect(text).toMatch(/^[A-Z2-7]{32}$/);
  expect(new Set(secrets).size).toBe(1_000);
  expect(encodeTotpSecret(secret)).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
});

test.each([
  ['Postern', 'ada'],
  ['A & B', 'ada'],
  ['Who?', 'a?secret=X'],
  ['100%', 'a%20b'],
  ['Acme:Corp', 'a:b'],
  ['Ünïcode 株式', 'д'],
  ['a#b', 'c#d'],
  ['a/b', '../c'],
  ['x&secret=EVIL', 'y&issuer=EVIL'],
  ['"<>\'', '\r\n'],
])('builds a URI for issuer %j and account %j that parses back to both (R-32)', (issuer, account) => {
  const text = otpauthUri({ issuer, account, secret });
  const uri = new URL(text);
  expect([uri.protocol, uri.host, uri.hash]).toEqual(['otpauth:', 'totp', '']);
  expect(uri.pathname.split(':').map((part) => decodeURIComponent(part.replace(/^\//, '')))).toEqual([issuer, account]);
  expect(Object.fromEntries(uri.searchParams)).toEqual({
    secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
    issuer,
    algorithm: 'SHA1',
    digits: '6',
    period: '30',
  });
  expect([...uri.searchParams]).toHaveLength(5);
  expect(text).toMatch(/^[!-~]+$/);
});
