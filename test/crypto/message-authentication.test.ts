import { expect, test } from '@jest/globals';
import { newMasterKey, parseKeyRing } from '../../src/crypto/key-ring.js';
import {
  authenticationCode,
  checkAuthenticationCode,
  computeDigest,
  usesNewestKey,
} from '../../src/crypto/message-authentication.js';

const newRing = () => parseKeyRing(newMasterKey(new Date()));

test('accepts a MAC only for its text, kind, purpose and key, and reports a missing key (R-97)', () => {
  const ring = newRing();
  const code = authenticationCode(ring, 'event-seal', 'event', 'text');
  expect(code).toMatch(/^[a-z0-9-]+\.[\w-]{43}$/);
  expect(checkAuthenticationCode(code, ring, 'event-seal', 'event', 'text')).toBe('genuine');
  expect(checkAuthenticationCode(code, ring, 'event-seal', 'event', 'other')).toBe('forged');
  expect(checkAuthenticationCode(code, ring, 'event-seal', 'seal', 'text')).toBe('forged');
  expect(checkAuthenticationCode(code, ring, 'api-token', 'event', 'text')).toBe('forged');
  expect(checkAuthenticationCode(code, [{ ...newRing()[0], id: ring[0].id }], 'event-seal', 'event', 'text')).toBe(
    'forged',
  );
  expect(checkAuthenticationCode(code, newRing(), 'event-seal', 'event', 'text')).toBe('key missing');
});

test('reports a changed, shortened or lengthened MAC as forged (R-97)', () => {
  const ring = newRing();
  const code = authenticationCode(ring, 'event-seal', 'event', 'text');
  const start = code.indexOf('.') + 1;
  for (let place = start; place < code.length; place += 1) {
    const other = code[place] === 'A' ? 'B' : 'A';
    expect(
      checkAuthenticationCode(
        code.slice(0, place) + other + code.slice(place + 1),
        ring,
        'event-seal',
        'event',
        'text',
      ),
    ).toBe('forged');
  }
  for (const changed of [code.slice(0, -1), `${code}A`, code.slice(0, start), code.slice(0, start - 1)])
    expect(checkAuthenticationCode(changed, ring, 'event-seal', 'event', 'text')).toBe('forged');
});

test('verifies a MAC made with an older key, and reports that the key is older (R-92)', () => {
  const [[older], [newest]] = [newRing(), newRing()];
  const code = authenticationCode([older], 'event-seal', 'seal', 'text');
  expect(checkAuthenticationCode(code, [newest, older], 'event-seal', 'seal', 'text')).toBe('genuine');
  expect([usesNewestKey([newest, older], code), usesNewestKey([older], code)]).toEqual([false, true]);
});

test('computes different digests for lists that differ in values or boundaries', () => {
  const lists = [[], [null], [''], ['a', 'b'], ['ab'], ['a', null, 'b'], [['a'], 'b'], ['a,b'], [1], ['1'], [true]];
  expect(new Set(lists.map(computeDigest)).size).toBe(lists.length);
});
