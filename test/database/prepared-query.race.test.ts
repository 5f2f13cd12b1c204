import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import pg from 'pg';
import { pgColumnTypes } from '../../src/database/connection/column-types.js';
import { sendPrepared } from '../../src/database/connection/prepared-query.js';
import { openRaceDatabase, type RaceDatabase } from '../support/race-database.js';

/** On PostgreSQL. */
let race: RaceDatabase;
beforeAll(async () => {
  race = await openRaceDatabase();
});
afterAll(() => race.drop());

let client: pg.Client;
let descriptions: number;
beforeEach(async () => {
  client = new pg.Client({ connectionString: race.url, types: pgColumnTypes, pipeline: true });
  await client.connect();
  descriptions = 0;
  for (const message of ['rowDescription', 'noData']) client.connection.on(message, () => (descriptions += 1));
  await race.query('drop table if exists measured');
  await race.query('create table measured (id int primary key, amount bigint, at timestamptz, labels text[])');
  await race.query(
    `insert into measured values (1, 12345678901234567, '2026-11-30T10:00:00Z', '{a,b}'), (2, null, null, '{}')`,
  );
});
afterEach(() => client.end());

const send = (name: string, text: string, values: readonly unknown[] = []) =>
  sendPrepared(client.query.bind(client), { name, text, values });

const read = (id: number) => send('read', 'select amount, at, labels from measured where id = $1', [id]);

test('asks for the description of rows once per connection', async () => {
  const first = await read(1);
  const later = [await read(1), await read(2)];
  expect(descriptions).toBe(1);
  const row = { amount: 12_345_678_901_234_567n, at: new Date('2026-11-30T10:00:00Z'), labels: ['a', 'b'] };
  expect(first.rows).toEqual([row]);
  expect(later.map(({ rows, rowCount }) => ({ rows, rowCount }))).toEqual([
    { rows: [row], rowCount: 1 },
    { rows: [{ amount: null, at: null, labels: [] }], rowCount: 1 },
  ]);
});

test('answers each statement with its own rows when several wait for one description', async () => {
  const other = () => send('other', 'select id from measured order by id');
  const results = await Promise.all([read(1), other(), read(2), other(), read(1)]);
  expect(results.map(({ rows }) => rows.length)).toEqual([1, 2, 1, 2, 1]);
  expect((await Promise.all([other(), read(2)])).map(({ rows }) => rows)).toEqual([
    [{ id: 1 }, { id: 2 }],
    [{ amount: null, at: null, labels: [] }],
  ]);
});

test('counts the changed rows when a statement returns none', async () => {
  const change = (id: number) => send('change', 'update measured set amount = 1 where id = $1', [id]);
  const results = [await change(1), await change(2), await change(3)];
  expect(results.map(({ rows, rowCount }) => ({ rows, rowCount }))).toEqual(
    [1, 1, 0].map((rowCount) => ({ rows: [], rowCount })),
  );
  expect(descriptions).toBe(1);
});

test('rejects a statement, and answers the next one, when its value is wrong', async () => {
  await read(1);
  await expect(send('read', 'select amount, at, labels from measured where id = $1', ['x'])).rejects.toMatchObject({
    code: '22P02',
  });
  expect((await read(2)).rows).toEqual([{ amount: null, at: null, labels: [] }]);
});

test('never reads rows with a shape that the table no longer has', async () => {
  await read(1);
  await race.query('alter table measured alter column amount type text');
  await expect(read(1)).rejects.toMatchObject({ code: '0A000', message: 'cached plan must not change result type' });
});
