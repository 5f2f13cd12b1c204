import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import type { Database } from '../../src/database/connection/database.js';
import { toArrays } from '../../src/database/read/to-arrays.js';
import { openTestDatabase } from '../support/database.js';

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const columns = { place: 'int', id: 'uuid', text: 'text', count: 'bigint', at: 'timestamptz' } as const;

interface Row {
  readonly place: number;
  readonly id: string | null;
  readonly text: string | null;
  readonly count: bigint | null;
  readonly at: Date | null;
}

async function throughTheDatabase(rows: readonly Row[]) {
  const statement = sql<Record<string, string>>`
    select place, id, text, count::text as count, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
    from unnest(${toArrays(rows, columns)}) as row (place, id, text, count, at) order by place`;
  return (await statement.execute(database.orm.em.fork().getKysely())).rows;
}

test('passes rows to the database unchanged, whatever text they hold', async () => {
  const texts = [
    '',
    'NULL',
    'null',
    '{a,b}',
    'one, two',
    '"',
    '\\',
    '\\"',
    "'; drop table accounts; --",
    '語',
    ' ',
    '\n\t',
    null,
  ];
  const rows = texts.map((text, place): Row => ({
    place,
    text,
    id: '0194fa3c-7d1e-7abc-8def-0123456789ab',
    count: 2n ** 63n - 1n,
    at: new Date('2026-11-24T18:20:00.123Z'),
  }));
  expect(await throughTheDatabase(rows)).toEqual(
    rows.map((row) => ({ ...row, count: '9223372036854775807', at: '2026-11-24T18:20:00.123Z' })),
  );
});

test('passes nulls and an empty list unchanged', async () => {
  const nothing = (place: number): Row => ({ place, id: null, text: null, count: null, at: null });
  const something = { place: 1, id: '0194fa3c-7d1e-7abc-8def-0123456789ab', text: 'NULL', count: 0n, at: new Date(0) };
  expect(await throughTheDatabase([nothing(0)])).toEqual([nothing(0)]);
  expect(await throughTheDatabase([nothing(0), something, nothing(2)])).toEqual([
    nothing(0),
    { ...something, count: '0', at: '1970-01-01T00:00:00.000Z' },
    nothing(2),
  ]);
  expect(await throughTheDatabase([])).toEqual([]);
});
