import { expect, test } from '@jest/globals';
import { toPage, rowLimit, type PageRequest } from '../../../src/database/read/keyset.js';
import { toConnection } from '../../../src/graphql-kit/relay/connection.js';
import { toCursor } from '../../../src/graphql-kit/relay/page.js';

/** Ids from 1 on. The list shows the highest first. */
const idOf = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const rowsOf = (...numbers: number[]) => numbers.map((n) => ({ id: idOf(n) }));
const forward: PageRequest = { size: 2, backward: false, after: null, before: null };
const backward: PageRequest = { ...forward, backward: true };
const position = { id: idOf(9) };

/** The rows that a statement finds for a page of a list. */
const find = (list: readonly { id: string }[], page: PageRequest) =>
  (page.backward ? list.toReversed() : list).slice(0, rowLimit(page));

test.each([
  ['an empty list', forward, [], [], false, false],
  ['an empty list from the end', backward, [], [], false, false],
  ['fewer rows than the page', forward, [1], [1], false, false],
  ['as many rows as the page', forward, [2, 1], [2, 1], false, false],
  ['one row more', forward, [3, 2, 1], [3, 2], true, false],
  ['as many rows from the end', backward, [2, 1], [2, 1], false, false],
  ['one row more from the end', backward, [3, 2, 1], [2, 1], false, true],
  ['the last page', { ...forward, after: position }, [2, 1], [2, 1], false, true],
  ['a page in the middle', { ...forward, after: position }, [3, 2, 1], [3, 2], true, true],
  ['a page before a row', { ...backward, before: position }, [3, 2, 1], [2, 1], true, true],
  ['nothing after a row', { ...forward, after: position }, [], [], false, true],
])('returns %s in list order, and whether there are more pages', (_what, page, list, shown, next, previous) => {
  const found = toPage(find(rowsOf(...list), page), page);
  expect(found).toEqual({ rows: rowsOf(...shown), hasNextPage: next, hasPreviousPage: previous });
});

test('doesn’t change the array of rows when it cuts a page from it', () => {
  const found = rowsOf(1, 2, 3);
  toPage(found, backward);
  expect(found).toEqual(rowsOf(1, 2, 3));
});

test('returns a cursor for each row, and the first and last cursor of the page', () => {
  const page = toPage(rowsOf(3, 2), forward);
  expect(toConnection(page, ({ id }) => ({ name: id }))).toEqual({
    edges: rowsOf(3, 2).map((row) => ({ cursor: toCursor(row), node: { name: row.id } })),
    pageInfo: {
      hasNextPage: false,
      hasPreviousPage: false,
      startCursor: toCursor({ id: idOf(3) }),
      endCursor: toCursor({ id: idOf(2) }),
    },
  });
});

test('returns no cursor for an empty page', () => {
  expect(toConnection(toPage([], forward), (row) => row)).toEqual({
    edges: [],
    pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
  });
});
