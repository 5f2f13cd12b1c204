import { expect, test } from '@jest/globals';
import { parse, v5, v7 } from 'uuid';
import { hashName } from '../../src/crypto/name-hash.js';
import { minimumIdAt, idFromHash, newId, idToBytes } from '../../src/database/connection/id.js';

const NOON = Date.UTC(2126, 10, 23, 12);

/** A time a number of milliseconds after noon. Tests move forward through the day, as the ids do. */
const at = (milliseconds: number) => new Date(NOON + milliseconds);
const make = (count: number, time: (n: number) => Date) => Array.from({ length: count }, (_, n) => newId(time(n)));

const idOfName = (time: Date, namespace: string, name: string) =>
  idFromHash(time, hashName(idToBytes(namespace), name));

/** The parts of an id: its time (in ms since 1970), its counter and its remaining bits. */
function partsOf(id: string) {
  const bits = [...parse(id)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const counter = bits.slice(52, 64) + bits.slice(66, 86);
  return { time: parseInt(bits.slice(0, 48), 2), counter: parseInt(counter, 2), random: bits.slice(86) };
}

test('creates a UUIDv7 for the given time', () => {
  const id = newId(at(0));
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(partsOf(id).time).toBe(NOON);
});

test('creates unique IDs that sort in order of creation, even within a millisecond', () => {
  const ids = make(2_000, () => at(1_000));
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(2_000);
  expect(new Set(ids.map((id) => partsOf(id).time))).toEqual(new Set([NOON + 1_000]));
});

test('keeps IDs in order when the clock jumps back, and follows the clock once it catches up', () => {
  const ids = make(2_000, (n) => at(2_000 + (n % 2 === 0 ? n : -n)));
  expect(ids.toSorted()).toEqual(ids);
  expect(partsOf(newId(at(5_000))).time).toBe(NOON + 5_000);
});

test('uses the new time when the clock is set back by more than a day', () => {
  expect(partsOf(newId(at(5_500))).time).toBe(NOON + 5_500);
  const DAY = 24 * 60 * 60_000;
  expect(partsOf(newId(at(5_500 - DAY))).time).toBe(NOON + 5_500);
  expect(partsOf(newId(at(5_499 - DAY))).time).toBe(NOON + 5_499 - DAY);
});

test('starts each millisecond with a random counter, and gives each ID random bits', () => {
  const ids = make(500, (n) => at(6_000 + n)).map(partsOf);
  expect(new Set(ids.map(({ counter }) => counter)).size).toBeGreaterThan(490);
  expect(ids.every(({ counter }) => counter < 2 ** 31)).toBe(true);
  const fromOneMillisecond = make(500, () => at(7_000)).map(partsOf);
  expect(new Set(fromOneMillisecond.map(({ random }) => random)).size).toBe(500);
});

test('derives the same UUIDv7 only from the same time, namespace and name', () => {
  const [one, other] = ['0194fa3c-7d1e-7abc-8def-0123456789ab', '0194fa3c-7d1e-7abc-8def-0123456789ac'];
  const id = idOfName(at(0), one, 'a request');
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(partsOf(id).time).toBe(NOON);
  expect(idOfName(at(0), one, 'a request')).toBe(id);
  const others = [
    idOfName(at(1), one, 'a request'),
    idOfName(at(0), other, 'a request'),
    idOfName(at(0), one, 'another request'),
  ];
  expect(new Set([id, ...others]).size).toBe(4);
});

test('fills the ID for a name with the bits of its UUIDv5 (RFC 9562, section 5.5)', () => {
  const namespace = '0194fa3c-7d1e-7abc-8def-0123456789ab';
  for (const name of ['a request', '', 'Ünïcode 请求 🚀', 'x'.repeat(128)]) {
    const random = v5(name, namespace, new Uint8Array(16));
    expect(idOfName(at(0), namespace, name)).toBe(
      v7({ msecs: NOON, seq: new DataView(random.buffer).getUint32(0), random }),
    );
  }
});

test('derives IDs from names that vary in every bit except those of the time', () => {
  const ids = Array.from({ length: 2_000 }, (_, n) =>
    idOfName(at(0), '0194fa3c-7d1e-7abc-8def-0123456789ab', `request ${n}`),
  );
  const parts = ids.map(partsOf);
  expect(new Set(parts.map(({ counter }) => counter)).size).toBe(2_000);
  expect(new Set(parts.map(({ random }) => random)).size).toBe(2_000);
  for (let bit = 0; bit < 32; bit += 1)
    expect(new Set(parts.map(({ counter }) => Math.floor(counter / 2 ** bit) % 2))).toEqual(new Set([0, 1]));
  expect(ids.every((id) => minimumIdAt(at(0)) < id && id < minimumIdAt(at(1)))).toBe(true);
});

test.each(['1969-12-31T23:59:59Z', '0000-01-01T00:00:00Z'])('has the bound of 1970 for the time %s', (time) => {
  expect(minimumIdAt(new Date(time))).toBe('00000000-0000-0000-0000-000000000000');
});
