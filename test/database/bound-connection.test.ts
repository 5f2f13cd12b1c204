import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { raw } from '@mikro-orm/core';
import type { AbstractSqlConnection } from '@mikro-orm/sql';
import { fork, type Database } from '../../src/database/connection/database.js';
import { openTestDatabase } from '../support/database.js';

const heard: string[] = [];
let database: Database;
let connection: AbstractSqlConnection;
beforeAll(async () => {
  database = await openTestDatabase((sql) => heard.push(sql));
  connection = fork(database).getConnection();
});
afterAll(() => database.close());

test('sends values only as parameters, never in the text of a statement', async () => {
  const text = (one: string, other: string) => `select current_query() as query where ${one} <> ${other}`;
  expect(await connection.execute(text('?', '?'), ['a secret', 'another'])).toEqual([{ query: text('$1', '$2') }]);
  expect(heard.join('\n')).not.toMatch(/a secret|another/);
});

test.each<[type: string, value: unknown, read: string]>([
  ['text', "it's \\ ? $1", "it's \\ ? $1"],
  ['int', 7, '7'],
  ['bigint', 2n ** 62n, '4611686018427387904'],
  ['boolean', true, 'true'],
  ['timestamptz', new Date('2026-11-23T12:34:56.789Z'), '2026-11-23 12:34:56.789+00'],
  ['bytea', Buffer.from([0, 255]), '\\x00ff'],
  ['jsonb', { a: "it's" }, `{"a": "it's"}`],
  ['text[]', '{a,b}', '{a,b}'],
])('passes a parameter of type %s unchanged', async (type, value, read) => {
  await connection.transactional(async (transaction) => {
    await connection.execute("set local timezone = 'UTC'", [], 'run', transaction);
    expect(await connection.execute(`select (?::${type})::text as value`, [value], 'get', transaction)).toEqual({
      value: read,
    });
  });
});

test('accepts raw SQL fragments and named parameters', async () => {
  expect(await connection.execute(raw('select ?::int as one', [1]))).toEqual([{ one: 1 }]);
  expect(await connection.execute('select :one::int as one, :two::int as two', { one: 1, two: 2 })).toEqual([
    { one: 1, two: 2 },
  ]);
});

test('streams rows with parameters', async () => {
  if (database.kind === 'embedded') return;
  const rows: unknown[] = [];
  for await (const row of connection.stream('select n from generate_series(1, ?::int) as n', [3])) rows.push(row);
  expect(rows).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
});

test('rolls back writes with their transaction', async () => {
  await connection.execute('create table notes (text text)');
  await expect(
    connection.transactional(async (transaction) => {
      await connection.execute('insert into notes values (?), (?)', ['a', 'b'], 'run', transaction);
      throw new Error('undone');
    }),
  ).rejects.toThrow('undone');
  expect(await connection.execute('select text from notes')).toEqual([]);
});
