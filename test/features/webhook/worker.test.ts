import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openTestDatabase, query } from '../../support/database.js';
import { eventually } from '../../support/eventually.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { watchRowsPerStatement } from '../../support/rows-per-statement.js';

/** More than one statement ends. */
const WAITING = 5_001;

let postern: TestPostern;
/** Every read about webhooks that the process ran. */
const reads: string[] = [];
beforeAll(async () => {
  postern = await startPostern({}, (listen) =>
    openTestDatabase((sql) => {
      listen?.(sql);
      if (sql.startsWith('select ') && sql.includes('"webhooks"')) reads.push(sql);
    }),
  );
});
afterAll(() => postern.close());

test('reads once per interval, and writes nothing, while there is no webhook (R-129)', async () => {
  // Counts reads that change no row, too.
  await watchRowsPerStatement(postern.database, 'webhook_deliveries', 'update');
  reads.length = 0;
  await eventually(() => reads.length >= 3, 'three rounds');
  expect(new Set(reads).size).toBe(1);
  expect(await query(postern.database, 'select rows from webhook_deliveries_at_once')).toEqual([]);
});

test('ends all that waits for a webhook that is off, beyond the first page (R-129)', async () => {
  const now = postern.clock.read();
  const id = '00000000-0000-7000-8000-000000000001';
  await query(
    postern.database,
    "insert into webhooks (id, url, description, event_types, status, created_at) values (?, 'https://hooks.example/', '', '{}', 'FAILING', ?)",
    [id, now],
  );
  await query(
    postern.database,
    "insert into webhook_deliveries (id, webhook_id, event_id, event_type, at, status, attempts, next_attempt_at) select gen_random_uuid(), ?, gen_random_uuid(), 'REGISTERED', ?, 'PENDING', 0, ? from generate_series(1, ?)",
    [id, now, new Date(now.getTime() + 3_600_000), WAITING],
  );
  await eventually(async () => {
    const [row] = await query(postern.database, "select 1 from webhook_deliveries where status = 'PENDING' limit 1");
    return row === undefined;
  }, 'nothing waits');
  const rows = await query(
    postern.database,
    'select status, next_attempt_at, count(*)::int from webhook_deliveries group by 1, 2',
  );
  expect(rows).toEqual([{ status: 'FAILED', next_attempt_at: null, count: WAITING }]);
});
