import { expect, test } from '@jest/globals';
import { newMasterKey, parseKeyRing } from '../../src/crypto/key-ring.js';
import {
  isEncryptedWithOlderKey,
  decryptSecret,
  encryptSecret,
  DecryptionError,
  type SecretLocation,
} from '../../src/crypto/secret-box.js';

const newRing = () => parseKeyRing(newMasterKey(new Date()));
const place: SecretLocation = {
  purpose: 'two-factor-secret',
  column: 'two_factors.secret_ciphertext',
  row: ['ada', '1'],
};
const secret = Buffer.from('twenty random bytes!');

test('decrypts an encrypted secret, and encrypts it differently each time (R-91)', () => {
  const ring = newRing();
  const [one, other] = [encryptSecret(ring, place, secret), encryptSecret(ring, place, secret)];
  expect(one).toMatch(/^v1\.[a-z0-9-]+\.[\w-]{16}\.[\w-]+\.[\w-]{22}$/);
  expect(one).not.toBe(other);
  expect(decryptSecret(ring, place, one)).toEqual(secret);
});

test('decrypts a secret for no other row, column or purpose, and with no other key (R-91)', () => {
  const ring = newRing();
  const sealed = encryptSecret(ring, place, secret);
  const [{ bytes }] = newRing();
  for (const elsewhere of [
    { ...place, row: ['bob', '1'] },
    { ...place, row: ['ad', 'a1'] },
    { ...place, column: 'api_tokens.ciphertext' },
    { ...place, purpose: 'api-token' as const },
  ]) {
    expect(() => decryptSecret(ring, elsewhere, sealed)).toThrow(DecryptionError);
  }
  expect(() => decryptSecret(newRing(), place, sealed)).toThrow(DecryptionError);
  expect(() => decryptSecret([{ id: ring[0].id, bytes }], place, sealed)).toThrow(DecryptionError);
});

test('rejects a changed, shortened or empty ciphertext (R-91)', () => {
  const ring = newRing();
  const parts = encryptSecret(ring, place, secret).split('.');
  for (const [index, part] of parts.entries()) {
    const flipped = (part.startsWith('A') ? 'B' : 'A') + part.slice(1);
    expect(() => decryptSecret(ring, place, parts.with(index, flipped).join('.'))).toThrow(DecryptionError);
    expect(() => decryptSecret(ring, place, parts.toSpliced(index, 1).join('.'))).toThrow(DecryptionError);
  }
  expect(() => decryptSecret(ring, place, parts.with(4, parts[4]!.slice(0, 6)).join('.'))).toThrow(DecryptionError);
  expect(() => decryptSecret(ring, place, '')).toThrow(DecryptionError);
});

test('decrypts a secret with an older key, and reports that the key is older (R-92)', () => {
  const [older] = newRing();
  const [newest] = newRing();
  const sealed = encryptSecret([older], place, secret);
  expect(decryptSecret([newest, older], place, sealed)).toEqual(secret);
  expect(isEncryptedWithOlderKey([newest, older], sealed)).toBe(true);
  expect(isEncryptedWithOlderKey([older], sealed)).toBe(false);
});
