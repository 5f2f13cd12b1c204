import { expect, test } from '@jest/globals';
import { parse } from 'uuid';
import { newId } from '../../src/database/id.js';

const NOON = Date.UTC(2126, 10, 23, 12);

/** A moment so many milliseconds after noon; tests go forward through the day, as the ids do. */
const at = (milliseconds: number) => new Date(NOON + milliseconds);
const make = (count: number, moment: (n: number) => Date) => Array.from({ length: count }, (_, n) => newId(moment(n)));

/** The parts of an id: its time (in ms since 1970), its counter, and the rest of it. */
function partsOf(id: string) {
  const bits = [...parse(id)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const counter = bits.slice(52, 64) + bits.slice(66, 86);
  return { time: parseInt(bits.slice(0, 48), 2), counter: parseInt(counter, 2), random: bits.slice(86) };
}

test('an id is a UUIDv7 of the moment', () => {
  const id = newId(at(0));
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(partsOf(id).time).toBe(NOON);
});

test('ids of one millisecond sort in the order in which they were made, and no two are alike', () => {
  const ids = make(2_000, () => at(1_000));
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(2_000);
  expect(new Set(ids.map((id) => partsOf(id).time))).toEqual(new Set([NOON + 1_000]));
});

test('ids sort in the order in which they were made when the moment goes back, and follow it when it goes on', () => {
  const ids = make(2_000, (n) => at(2_000 + (n % 2 === 0 ? n : -n)));
  expect(ids.toSorted()).toEqual(ids);
  expect(partsOf(newId(at(5_000))).time).toBe(NOON + 5_000);
});

test('each millisecond has a counter that begins elsewhere, and each id bits of its own, so that those of two processes never meet', () => {
  const ids = make(500, (n) => at(6_000 + n)).map(partsOf);
  expect(new Set(ids.map(({ counter }) => counter)).size).toBeGreaterThan(490);
  expect(ids.every(({ counter }) => counter < 2 ** 31)).toBe(true);
  const ofOneMoment = make(500, () => at(7_000)).map(partsOf);
  expect(new Set(ofOneMoment.map(({ random }) => random)).size).toBe(500);
});
