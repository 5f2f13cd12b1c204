import { expect, test } from '@jest/globals';
import { StatementNames } from '../../src/database/connection/statement-names.js';

const send = (names: StatementNames, text: string, times: number) =>
  Array.from({ length: times }, () => names.getName(text)).at(-1);

test('prepares a named statement when it is sent for the third time', () => {
  const names = new StatementNames();
  expect(send(names, 'update accounts set role = $1', 2)).toBeUndefined();
  expect(names.getName('update accounts set role = $1')).toBe('postern_1');
  expect(names.getName('update accounts set role = $1')).toBe('postern_1');
  expect(send(names, 'delete from sessions where id = $1', 3)).toBe('postern_2');
});

test.each([
  'begin',
  'select * from accounts where id = $1',
  'select "a0".* from "accounts" as "a0" where "a0"."id" = $1',
  'delete from sessions where id = $1 returning *',
])('never prepares "%s" as a named statement', (text) => {
  expect(send(new StatementNames(), text, 10)).toBeUndefined();
});

test('prepares a named statement when its asterisk doesn’t affect the columns of its result', () => {
  expect(send(new StatementNames(), 'select count(*) from accounts where role = $1', 3)).toBeDefined();
  expect(send(new StatementNames(), 'insert into t select * from unnest($1::uuid[])', 3)).toBeDefined();
});

test('prepares at most 200 named statements, and counts the uses of at most 1,000', () => {
  const names = new StatementNames();
  for (let number = 0; number < 5_000; number += 1) names.getName(`select ${number} where $1`);
  expect(send(names, 'select 5000 where $1', 3)).toBeUndefined();
  for (let number = 0; number < 1_000; number += 1) send(names, `select ${number} where $1`, 3);
  expect(names.getName('select 199 where $1')).toBe('postern_200');
  expect(names.getName('select 200 where $1')).toBeUndefined();
});
