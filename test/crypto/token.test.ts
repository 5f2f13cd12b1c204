import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { decodeBase62, encodeBase62 } from '../../src/crypto/base62.js';
import { hashToken, isToken, newToken, type TokenKind } from '../../src/crypto/token.js';

const kinds: Readonly<Record<TokenKind, string>> = {
  session: 'pss_',
  gate: 'psg_',
  device: 'psd_',
  trustedBrowser: 'pst_',
  secondFactorChallenge: 'psc_',
  setup: 'psu_',
  passwordReset: 'psr_',
  emailChange: 'pse_',
  accountDeletion: 'psl_',
  apiToken: 'pat_',
  accessToken: 'pac_',
};

/** The checksum as the requirements define it, computed without the code under test. */
const withChecksum = (body: string) => body + encodeBase62(BigInt(crc32(body)), 6);

test.each(Object.entries(kinds) as [TokenKind, string][])(
  'generates a %s token as %s, 43 base62 digits and a checksum of 6 (R-52, R-69)',
  (kind, prefix) => {
    const token = newToken(kind);
    expect(token).toMatch(new RegExp(`^${prefix}[0-9A-Za-z]{49}$`));
    expect(withChecksum(token.slice(0, -6))).toBe(token);
    expect(isToken(kind, token)).toBe(true);
  },
);

test('generates distinct tokens of 256 evenly distributed bits (R-52, R-93)', () => {
  const secrets = Array.from({ length: 2_000 }, () => decodeBase62(newToken('session').slice(4, -6))!);
  expect(new Set(secrets).size).toBe(secrets.length);
  for (const secret of secrets) expect(secret >> 256n).toBe(0n);
  // Each of the 256 bits is set in about half of the tokens, which a stuck bit would not be.
  for (let bit = 0n; bit < 256n; bit += 1n) {
    const set = secrets.filter((secret) => (secret >> bit) & 1n).length;
    expect(set).toBeGreaterThan(800);
    expect(set).toBeLessThan(1_200);
  }
});

test('accepts a token only as the kind that it was issued as (R-59, R-69)', () => {
  for (const kind of Object.keys(kinds) as TokenKind[]) {
    for (const other of Object.keys(kinds) as TokenKind[]) expect(isToken(other, newToken(kind))).toBe(other === kind);
  }
});

test('detects a typo in any character by the checksum (R-69)', () => {
  const token = newToken('session');
  for (let place = 0; place < token.length; place += 1) {
    const mistaken = token.slice(0, place) + (token[place] === 'x' ? 'y' : 'x') + token.slice(place + 1);
    expect(isToken('session', mistaken)).toBe(false);
  }
});

test('rejects a wrong length or character, even with a valid checksum (R-69)', () => {
  const token = newToken('session');
  const secret = token.slice(4, -6);
  const wrong = [
    '',
    'pss_',
    token.slice(0, -1),
    `${token}0`,
    ` ${token}`,
    `${token}\n`,
    secret,
    withChecksum(`pss_${secret.slice(1)}`),
    withChecksum(`pss_${secret}0`),
    withChecksum(`PSS_${secret}`),
    withChecksum(`pss_${'!'.repeat(43)}`),
    withChecksum(`pss_${'é'.repeat(43)}`),
    withChecksum(`pss_${' '.repeat(43)}`),
    withChecksum(`pss_${secret.slice(1)}-`),
  ];
  for (const text of wrong) expect([text, isToken('session', text)]).toEqual([text, false]);
});

test('hashes a token with SHA-256 for storage (R-52)', () => {
  const token = newToken('session');
  expect(hashToken(token)).toBe(createHash('sha256').update(token).digest('base64url'));
});
