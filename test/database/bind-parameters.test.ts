import { expect, test } from '@jest/globals';
import { JsonProperty, raw } from '@mikro-orm/core';
import { PostgreSqlPlatform } from '@mikro-orm/postgresql';
import { bindParameters } from '../../src/database/connection/bind-parameters.js';

const platform = new PostgreSqlPlatform();
const bind = (sql: string, ...values: unknown[]) => bindParameters(platform, sql, values);
const at = new Date('2026-11-23T12:34:56.789Z');
const bytes = Buffer.from('secret');
const embedded = Object.defineProperty([{ a: 1 }], JsonProperty, { enumerable: false, value: true });

test.each<[name: string, value: unknown, sent: unknown]>([
  ['a text', "it's ? a \\? $1 value", "it's ? a \\? $1 value"],
  ['a number', 7, 7],
  ['a bigint', 2n ** 60n, 2n ** 60n],
  ['a boolean', false, false],
  ['null', null, null],
  ['bytes', bytes, bytes],
  ['a date', at, '2026-11-23T12:34:56.789Z'],
  ['an object', { a: [1, "it's"] }, `{"a":[1,"it's"]}`],
])('sends %s as a parameter', (_, value, sent) => {
  expect(bind('select ?', value)).toEqual({ text: 'select $1', values: [sent] });
});

test('sends an array as JSON when MikroORM marks it as the value of a JSON column', () => {
  expect(bind('select ?', embedded)).toEqual({ text: 'select $1', values: ['[{"a":1}]'] });
});

test('numbers the parameters in the order in which they appear', () => {
  expect(bind('select ? where a = ? and b < ?', 'x', null, 3)).toEqual({
    text: 'select $1 where a = $2 and b < $3',
    values: ['x', null, 3],
  });
});

test('reads adjacent placeholders in a statement', () => {
  expect(bind('?,?', 1, 2)).toEqual({ text: '$1,$2', values: [1, 2] });
});

test('quotes identifiers in a statement', () => {
  expect(bind('select ?? from ?? where ?? = ?', 'a.id', 'odd"name', 'id', 1)).toEqual({
    text: 'select "a"."id" from "odd""name" where "id" = $1',
    values: [1],
  });
});

test('turns an escaped question mark into a plain question mark', () => {
  expect(bind('select a \\? ? from b', 'key')).toEqual({ text: 'select a ? $1 from b', values: ['key'] });
});

test('sends an array as one parameter for each element', () => {
  expect(bind('id in (?) and at > ?', ['a', at, 2n], at)).toEqual({
    text: 'id in ($1, $2, $3) and at > $4',
    values: ['a', at.toISOString(), 2n, at.toISOString()],
  });
  expect(bind('(a, b) in ((?))', [[1, 2], [3]]).text).toBe('(a, b) in (($1, $2, $3))');
});

test('inlines raw SQL fragments with their parameters', () => {
  const inner = raw('coalesce(??, ?)', ['name', 'none']);
  expect(bind('set a = ?, b = ?, c = ?', 1, raw('upper(?)', [inner]), raw('now() \\? default'))).toEqual({
    text: 'set a = $1, b = upper(coalesce("name", $2)), c = now() \\? default',
    values: [1, 'none'],
  });
});

test('leaves a statement without parameters unchanged', () => {
  const text = "select '?', a \\? 'b', ?? from c";
  expect(bind(text)).toEqual({ text, values: [] });
});

test('rejects a statement with fewer or more values than placeholders', () => {
  expect(() => bind('select ?, ?', 1)).toThrow('A placeholder of the statement has no value.');
  expect(() => bind('select ?', undefined)).toThrow('A placeholder of the statement has no value.');
  expect(() => bind('select ?', 1, 2)).toThrow('The statement has 1 placeholders for 2 values.');
});
