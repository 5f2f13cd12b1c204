import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  canonicalBackupCode,
  canonicalCode,
  canonicalEmailDomain,
  canonicalName,
  canonicalPassword,
  canonicalReason,
  canonicalSearch,
  canonicalUsername,
  toEmailKey,
} from '../../src/text/normalize.js';

test.each([
  ['in capitals', 'MARGARET', 'margaret'],
  ['in full-width letters', 'ｍａｒｇａｒｅｔ', 'margaret'],
  ['with a space after it', 'margaret ', 'margaret '],
  ['with a zero-width space', 'mar\u200bgaret', 'mar\u200bgaret'],
])('normalizes a username written %s (R-100)', (_, typed, canonical) =>
  expect(canonicalUsername(typed)).toBe(canonical),
);

test('normalizes a password to NFC and changes nothing else (R-2)', () => {
  expect(canonicalPassword('e\u0301')).toBe('\u00e9');
  expect(canonicalPassword(' Ｐassword ﬁ ')).toBe(' Ｐassword ﬁ ');
});

test.each([
  ['123456', '123456'],
  [' 123 456 ', '123456'],
  ['123\t456', '123\t456'],
  ['123\u00a0456', '123\u00a0456'],
  ['１２３４５６', '１２３４５６'],
])('normalizes the code %j to %j (R-28)', (typed, canonical) => expect(canonicalCode(typed)).toBe(canonical));

test.each([
  ['7-k3qf-9v2m-xtb4-w8pc', '7K3QF9V2MXTB4W8PC'],
  ['7K3QF 9V2MX TB4W8 PC', '7K3QF9V2MXTB4W8PC'],
  ['oOiIlL', '001111'],
  ['7\tK', '7\tK'],
  ['ı\u212a', 'ı\u212a'],
])('normalizes the backup code %j to %j (R-36)', (typed, canonical) =>
  expect(canonicalBackupCode(typed)).toBe(canonical),
);

test.each([
  ['Example.ORG', 'example.org'],
  ['bu\u0308cher.example', 'xn--bcher-kva.example'],
  ['b\u00fccher.example', 'xn--bcher-kva.example'],
  ['exa mple.org', ''],
])('normalizes the domain %j to %j (R-45)', (typed, canonical) => expect(canonicalEmailDomain(typed)).toBe(canonical));

test('ignores case when comparing email addresses (R-44)', () => {
  expect(toEmailKey('Ann.Lee@Example.org')).toBe('ann.lee@example.org');
});

test.each([
  ['  Ann\u0000 ', 'ann'],
  ['Ａｎｎ', 'ann'],
  ['a b', 'a b'],
  ['\n', ''],
])('normalizes the search term %j to %j (R-68)', (typed, canonical) => expect(canonicalSearch(typed)).toBe(canonical));

test.each([
  [' Lost  their\r\nphone ', 'Lost their phone'],
  ['a\u202eb', 'a b'],
  ['\u2028', ''],
])('normalizes the reason %j to %j (R-98)', (typed, canonical) => expect(canonicalReason(typed)).toBe(canonical));

test('trims a call key’s name and changes nothing else', () =>
  expect(canonicalName(' My Ｋey  1 ')).toBe('My Ｋey  1'));

test.each(
  Object.entries({
    canonicalPassword,
    canonicalCode,
    canonicalBackupCode,
    canonicalName,
    canonicalReason,
    toEmailKey,
  }),
)('%s doesn’t change text that it has already normalized', (_, canonical) => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (typed) => {
      expect(canonical(canonical(typed))).toBe(canonical(typed));
    }),
  );
});
