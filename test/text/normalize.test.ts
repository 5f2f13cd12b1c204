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
  ['with what surrounds pasted text', '\ufeff\u00a0margaret\u200b\r\n', 'margaret'],
  ['with a zero-width space inside', 'mar\u200bgaret', 'mar\u200bgaret'],
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
  ['123\t456\r\n', '123456'],
  ['123\u00a0456\u2028', '123456'],
  ['\ufeff123\u200b456\u00ad', '123456'],
  ['１２３４５６', '123456'],
  ['١٢٣٤٥٦', '١٢٣٤٥٦'],
  ['123-456', '123-456'],
])('normalizes the code %j to %j (R-28, D-5)', (typed, canonical) => expect(canonicalCode(typed)).toBe(canonical));

test.each([
  ['7-k3qf-9v2m-xtb4-w8pc', '7K3QF9V2MXTB4W8PC'],
  ['7K3QF 9V2MX TB4W8 PC', '7K3QF9V2MXTB4W8PC'],
  ['oOiIlL', '001111'],
  ['7\tK\r\n', '7K'],
  ['7\u2011k3qf\u2013９ｖ２ｍ\u2212xtb4\u200b\u00a0w8pc', '7K3QF9V2MXTB4W8PC'],
  ['ı', 'ı'],
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
  ['\u200bann\u00a0', 'ann'],
])('normalizes the search term %j to %j (R-68)', (typed, canonical) => expect(canonicalSearch(typed)).toBe(canonical));

test.each([
  [' Lost  their\r\nphone ', 'Lost their phone'],
  ['a\u202eb', 'a b'],
  ['\u2028', ''],
])('normalizes the reason %j to %j (R-98)', (typed, canonical) => expect(canonicalReason(typed)).toBe(canonical));

test('trims a call key’s name and changes nothing else', () =>
  expect(canonicalName(' My Ｋey  1\u200b\r\n')).toBe('My Ｋey  1'));

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
