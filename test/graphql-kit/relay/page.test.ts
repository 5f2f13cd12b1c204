import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MAX_ID, NIL_ID } from '../../../src/database/connection/id.js';
import {
  parsePageArgs,
  parseSortedPageArgs,
  toCursor,
  type PageArgs,
  type Sort,
} from '../../../src/graphql-kit/relay/page.js';

const byName: Sort = { name: 'NAME', isValid: (text) => /^\P{Cc}+$/u.test(text) };
const byCity: Sort = { ...byName, name: 'CITY' };
const id = '01890000-0000-7000-8000-000000000001';
const refused = { extensions: { code: 'BAD_USER_INPUT' } };
const errorOf = (read: () => unknown): unknown => {
  try {
    return read();
  } catch (error) {
    return error;
  }
};

test('reads the position in a list back from a cursor, for every ID', () => {
  fc.assert(
    fc.property(fc.uuid(), (uuid) => {
      expect(parsePageArgs({ after: toCursor({ id: uuid }) }).after).toEqual({ id: uuid });
    }),
  );
  expect([NIL_ID, MAX_ID].map((edge) => parsePageArgs({ before: toCursor({ id: edge }) }).before?.id)).toEqual([
    NIL_ID,
    MAX_ID,
  ]);
});

test('reads the position back from a cursor of a sorted list, for every ID and value', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.string({ minLength: 1, unit: 'grapheme' }).filter(byName.isValid), (uuid, value) => {
      const position = { id: uuid, value };
      expect(parseSortedPageArgs({ after: toCursor(position, byName) }, byName).after).toEqual(position);
    }),
  );
});

test('doesn’t reveal the ID or the value in a cursor', () => {
  const cursor = toCursor({ id, value: 'ann' }, byName);
  expect(cursor).not.toContain('ann');
  expect(cursor).not.toContain('01890000');
});

const written = toCursor({ id });
test.each([
  ['nothing', ''],
  ['a word', 'nowhere'],
  ['a digit less', written.slice(1)],
  ['a digit more', `0${written}`],
  ['a character that is no digit', `-${written.slice(1)}`],
  ['more than 128 bits', 'z'.repeat(22)],
  ['a UUID', id],
  ['a cursor of a sorted list', toCursor({ id, value: 'ann' }, byName)],
])('rejects %s as a cursor of a list ordered by ID', (_what, cursor) => {
  expect(errorOf(() => parsePageArgs({ after: cursor }))).toMatchObject(refused);
  expect(errorOf(() => parsePageArgs({ last: 5, before: cursor }))).toMatchObject(refused);
});

const sorted = toCursor({ id, value: 'ann' }, byName);
test.each([
  ['nothing', ''],
  ['a cursor of a list by id', written],
  ['an invalid id', `nowhere${sorted.slice(22)}`],
  ['an invalid value', toCursor({ id, value: '' }, byName)],
  ['a cursor of another order', toCursor({ id, value: 'ann' }, byCity)],
  ['another spelling of the same text', `${sorted}=`],
  ['a trailing dot', `${sorted}.`],
  ['a part of the value', sorted.slice(0, -1)],
])('rejects %s as a cursor of a sorted list', (_what, cursor) => {
  expect(errorOf(() => parseSortedPageArgs({ after: cursor }, byName))).toMatchObject(refused);
});

test('rejects a cursor with a changed character, or reads another valid position from it', () => {
  fc.assert(
    fc.property(fc.nat(sorted.length - 1), fc.constantFrom('0', 'A', 'z', '-', '.', ' '), (index, character) => {
      const changed = sorted.slice(0, index) + character + sorted.slice(index + 1);
      const read = errorOf(() => parseSortedPageArgs({ after: changed }, byName).after);
      if (read instanceof Error) expect(read).toMatchObject(refused);
      else expect(toCursor(read as { id: string; value: string }, byName)).toBe(changed);
    }),
  );
});

test.each<[PageArgs, object]>([
  [{}, { size: 20, backward: false, after: null, before: null }],
  [{ first: 1 }, { size: 1, backward: false, after: null, before: null }],
  [
    { first: 100, after: written },
    { size: 100, backward: false, after: { id }, before: null },
  ],
  [
    { last: 100, before: written },
    { size: 100, backward: true, after: null, before: { id } },
  ],
  [
    { first: null, last: 3, after: null, before: null },
    { size: 3, backward: true, after: null, before: null },
  ],
])('accepts the page arguments %j', (args, page) => {
  expect(parsePageArgs(args)).toEqual(page);
});

test.each<[PageArgs]>([[{ first: 0 }], [{ first: 101 }], [{ last: 0 }], [{ last: -1 }], [{ first: 1, last: 1 }]])(
  'rejects the page arguments %j',
  (args) => {
    expect(errorOf(() => parsePageArgs(args))).toMatchObject(refused);
  },
);
