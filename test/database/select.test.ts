import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import type { Database } from '../../src/database/connection/database.js';
import { newId } from '../../src/database/connection/id.js';
import { selectAdHoc, select, type Reader } from '../../src/database/read/select.js';
import { openTestDatabase, query } from '../support/database.js';

let database: Database;
const id = newId(new Date());
const at = new Date('2026-11-23T12:34:56.789Z');
beforeAll(async () => {
  database = await openTestDatabase();
  await query(
    database,
    "insert into accounts (id, username, role, status, created_at) values (?, 'anna', 'USER', 'ACTIVE', ?)",
    [id, at],
  );
});
afterAll(() => database.close());

const byNameAndRole = select(
  'test_by_name_and_role',
  (db, { role, username }: { username: string; role: 'USER' | 'ADMIN' }) =>
    db
      .selectFrom('accounts')
      .where('username', '=', username)
      .where('role', '=', role)
      .where('status', '=', 'ACTIVE')
      .select(['id', 'created_at as createdAt', 'auth_version as authVersion', 'password_hash as passwordHash']),
);

/** A reader that records the statements it receives. */
function listening() {
  const asked: { name: string; text: string; values: readonly unknown[] }[] = [];
  const reader: Reader = {
    run: (statement, values) => {
      asked.push({ ...statement, values });
      return Promise.resolve([]);
    },
    runAdHoc: () => Promise.resolve([]),
    close: () => Promise.resolve(),
  };
  return { reader, asked };
}

test('returns plain rows with numbers, dates and nulls', async () => {
  const rows = await byNameAndRole(database.reader, { username: 'anna', role: 'USER' });
  expect(rows).toEqual([{ id, createdAt: at, authVersion: 1, passwordHash: null }]);
  expect(rows[0]!.createdAt).toBeInstanceOf(Date);
});

test('returns a bigint as BigInt on both databases', async () => {
  const count = select('test_count', (db) => db.selectFrom('accounts').select(sql<bigint>`count(*)`.as('count')));
  expect(await count(database.reader, {})).toEqual([{ count: 1n }]);
});

test('sends values as parameters, with the same text for all of them (R-78)', async () => {
  const { reader, asked } = listening();
  await byNameAndRole(reader, { username: "'; drop table accounts; --", role: 'USER' });
  await byNameAndRole(reader, { username: 'bert', role: 'ADMIN' });
  expect(asked.map(({ values }) => values)).toEqual([
    ["'; drop table accounts; --", 'USER', 'ACTIVE'],
    ['bert', 'ADMIN', 'ACTIVE'],
  ]);
  expect(asked[0]!.text).toBe(asked[1]!.text);
  expect(asked[0]!.text).not.toMatch(/drop|bert|ACTIVE/);
  expect(asked[0]!.name).toBe('test_by_name_and_role');
});

test('binds values by name, in whatever order they are passed (R-78)', async () => {
  const { reader, asked } = listening();
  await byNameAndRole(reader, { role: 'ADMIN', username: 'carla' });
  expect(asked[0]!.values).toEqual(['carla', 'ADMIN', 'ACTIVE']);
});

test('compiles a statement once, when it is declared', async () => {
  let builds = 0;
  const counted = select('test_counted', (db) => {
    builds += 1;
    return db.selectFrom('accounts').select('id');
  });
  expect(builds).toBe(1);
  await counted(database.reader, {});
  await counted(database.reader, {});
  expect(builds).toBe(1);
});

test('compiles a rarely used statement once, and sends its values as parameters (R-68, R-78)', async () => {
  const questions: unknown[] = [];
  const reader: Reader = {
    ...listening().reader,
    runAdHoc: (text, values) => {
      questions.push([text, values]);
      return database.reader.runAdHoc(text, values);
    },
  };
  const byName = selectAdHoc((db, { username }: { username: string }) =>
    db.selectFrom('accounts').where('username', '=', username).select('id'),
  );
  expect([await byName(reader, { username: 'anna' }), await byName(reader, { username: "' or '1'='1" })]).toEqual([
    [{ id }],
    [],
  ]);
  expect(questions).toEqual([
    [expect.stringMatching(/^select .* = \$1$/), ['anna']],
    [expect.any(String), ["' or '1'='1"]],
  ]);
});

test('disables JIT and parallel workers for every read', async () => {
  const text = 'explain select count(*) from generate_series(1, 100000) as one, generate_series(1, 100000) as other';
  const settings = "select current_setting('max_parallel_workers_per_gather') as processes";
  for (const ask of [
    database.reader.runAdHoc,
    (asked: string, values: unknown[]) => database.reader.run({ name: `test_${asked.length}`, text: asked }, values),
  ]) {
    expect(JSON.stringify(await ask(text, []))).not.toContain('JIT');
    if (database.kind === 'postgresql') expect(await ask(settings, [])).toEqual([{ processes: '0' }]);
  }
});

test('plans named statements once, and ad-hoc ones for their values', async () => {
  const text = "select current_setting('plan_cache_mode') as mode";
  const modes = [
    await database.reader.run({ name: 'test_plan_mode', text }, []),
    await database.reader.run({ name: 'test_slow_plan_mode', text, isSlow: true }, []),
    await database.reader.runAdHoc(text, []),
  ];
  const once = database.kind === 'postgresql' ? 'force_generic_plan' : 'auto';
  expect(modes).toEqual([[{ mode: once }], [{ mode: once }], [{ mode: 'auto' }]]);
});

test('treats SQL in a value as text, so it finds and changes nothing (R-78)', async () => {
  for (const username of ["' or '1'='1", "anna'--", '%', 'ann_', "'; delete from accounts; --"]) {
    expect(await byNameAndRole(database.reader, { username, role: 'USER' })).toEqual([]);
  }
  expect(await query(database, 'select username from accounts')).toEqual([{ username: 'anna' }]);
});

test('returns the right result to each of many concurrent reads', async () => {
  const echo = select('test_echo', (db, { text }: { text: string }) =>
    db.selectNoFrom(({ val }) => sql<string>`${val(text)}::text`.as('text')),
  );
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, number) => echo(database.reader, { text: `answer ${number}` })),
  );
  expect(answers).toEqual(Array.from({ length: 200 }, (_, number) => [{ text: `answer ${number}` }]));
});

test('fails one read without affecting concurrent reads', async () => {
  const divide = select('test_divide', (db, { by }: { by: number }) =>
    db.selectNoFrom(({ val }) => sql<number>`10 / ${val(by)}::int`.as('result')),
  );
  const outcomes = await Promise.allSettled([
    divide(database.reader, { by: 5 }),
    divide(database.reader, { by: 0 }),
    divide(database.reader, { by: 2 }),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(await divide(database.reader, { by: 10 })).toEqual([{ result: 1 }]);
});
