import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { backUp } from '../../src/database/backup/back-up.js';
import { readBackupFile, writeBackupFile } from '../../src/database/backup/backup-file.js';
import { fork, type Database } from '../../src/database/connection/database.js';
import { newId } from '../../src/database/connection/id.js';
import { createPartitions } from '../../src/database/partition/monthly-partitions.js';
import { DatabaseNotEmptyError, restore } from '../../src/database/backup/restore.js';
import { sealEvents } from '../../src/features/security-event/seal-events.js';
import { verifyEvents } from '../../src/features/security-event/verify-events.js';
import { newApiToken } from '../features/api-token/own-token.js';
import { openTestDatabase, query } from '../support/database.js';
import { startPostern, type TestPostern } from '../support/postern.js';
import { startBeside } from '../support/start-beside.js';
import { newTwoFactorUser, openChallenge, verifySecondFactor, type TwoFactorUser } from '../support/two-factor.js';

jest.setTimeout(120_000);

let postern: TestPostern;
let user: TwoFactorUser;
const folder = mkdtempSync(join(tmpdir(), 'postern-backup-'));
const file = join(folder, 'backup.gz');

beforeAll(async () => {
  postern = await startPostern();
  user = await newTwoFactorUser(postern);
  await newApiToken(user.client);
  const [{ id }] = (await query<{ id: string }>(postern.database, 'select id from accounts where username = ?', [
    user.username,
  ])) as [{ id: string }];
  await createPartitions(fork(postern.database), postern.clock.read(), new Date('2026-01-01T00:00:00Z'));
  const usage = new Date('2026-01-15T00:00:00Z');
  await query(
    postern.database,
    "insert into usage_logs (id, at, account_id, call_key_id, call_key_name, type, model, prompt_tokens, completion_tokens, quota, latency_ms, request_id) values (?, ?, ?, ?, 'key', 'ERROR', ?, 0, 0, 0, 5, 'r')",
    [v7({ msecs: usage.getTime() }), usage.toISOString(), id, id, 'a "model", {with} \\ marks\n漢'],
  );
  await sealEvents(fork(postern.database), postern.app.dependencies.keys, postern.clock.read);
  await backUp(postern.database, ['test'], postern.clock.read(), (lines) => writeBackupFile(file, lines));
});
afterAll(async () => {
  await postern.close();
  rmSync(folder, { recursive: true, force: true });
});

async function restoreInto(database: Database, from = file, replace = false): Promise<unknown> {
  let restored: unknown;
  await readBackupFile(from, async (lines) => {
    restored = await restore(database, lines, postern.clock.read(), replace);
  });
  return restored;
}

async function contents(database: Database): Promise<string[]> {
  const rows: string[] = [];
  await backUp(database, ['test'], postern.clock.read(), async (lines) => {
    for await (const line of lines) rows.push(line);
  });
  return rows.slice(1).sort();
}

/** A backup with changed text. */
function changed(change: (text: string) => string): string {
  const place = join(folder, `changed-${newId(new Date())}.gz`);
  writeFileSync(place, gzipSync(change(gunzipSync(readFileSync(file)).toString())));
  return place;
}

test('restores every table into another database, with valid seals and events that stay append-only', async () => {
  const tables = gunzipSync(readFileSync(file))
    .toString()
    .split('\n')
    .filter((line) => line.startsWith('{"table"'))
    .map((line) => JSON.parse(line).table);
  const there = await query<{ tablename: string }>(
    postern.database,
    "select tablename from pg_tables where schemaname = 'public' and tablename not in ('migrations') and tablename !~ '_\\d{4}_\\d\\d$'",
  );
  expect(tables.sort()).toEqual(there.map(({ tablename }) => tablename).sort());
  const other = await openTestDatabase();
  try {
    expect(await restoreInto(other)).toMatchObject({ keyIds: ['test'], rows: expect.any(Number) });
    expect(await contents(other)).toEqual(await contents(postern.database));
    expect(await verifyEvents(other, postern.app.dependencies.keys, null)).toMatchObject({
      faults: [],
      seals: 1,
      unsealedEvents: 0,
    });
    await expect(query(other, 'truncate security_events')).rejects.toThrow(/append-only/);
  } finally {
    await other.close();
  }
});

test('lets users sign in with their second factor after a restore', async () => {
  const database = await openTestDatabase();
  try {
    await restoreInto(database);
    const there = await startBeside({ ...postern, database }, {});
    const challenge = await openChallenge(there.client(), user);
    expect(await verifySecondFactor(there.client(), challenge, { totpCode: await user.app.nextCode() })).toSucceed();
    await there.close();
  } finally {
    await database.close();
  }
});

test('restores into a database with data only when replacing it is allowed', async () => {
  const before = await contents(postern.database);
  await expect(restoreInto(postern.database)).rejects.toThrow(DatabaseNotEmptyError);
  expect(await contents(postern.database)).toEqual(before);
  await query(postern.database, "update accounts set locale = 'ZH'");
  await restoreInto(postern.database, file, true);
  expect(await contents(postern.database)).toEqual(before);
});

test.each([
  [
    'was cut off',
    () => {
      const place = join(folder, 'cut.gz');
      writeFileSync(place, readFileSync(file).subarray(0, 900));
      return place;
    },
    /truncated/,
  ],
  [
    'lost the last byte',
    () => {
      const place = join(folder, 'short.gz');
      writeFileSync(place, readFileSync(file).subarray(0, -1));
      return place;
    },
    /truncated/,
  ],
  ['lost a row', () => changed((text) => text.replace(/\n\["[^\n]*漢[^\n]*/, '')), /incomplete/],
  ['lost its last line', () => changed((text) => text.replace(/\n\{"rows":\d+\}\n$/, '\n')), /incomplete/],
  ['is no backup', () => join(import.meta.dirname, 'backup.test.ts'), /not a Postern backup/],
  ['does not exist', () => join(folder, 'nowhere.gz'), /^Can't read/],
  [
    'is of a newer Postern',
    () => changed((text) => text.replace('"migrations":[', '"migrations":["Migration29991231235959_later",')),
    /newer version of Postern, with Migration29991231235959_later/,
  ],
  [
    'is of an older Postern',
    () => changed((text) => text.replace('"Migration20261123224404_api_tokens",', '')),
    /older version of Postern, without Migration20261123224404_api_tokens/,
  ],
  [
    'has another column',
    () =>
      changed((text) =>
        text.replace('{"table":"accounts","columns":["id"', '{"table":"accounts","columns":["stranger"'),
      ),
    /table accounts that does not match/,
  ],
  [
    'lacks a column',
    () => changed((text) => text.replace('{"table":"accounts","columns":["id",', '{"table":"accounts","columns":[')),
    /table accounts that does not match/,
  ],
  [
    'has another table',
    () => changed((text) => text.replace('{"table":"accounts"', '{"table":"strangers"')),
    /table strangers/,
  ],
])('rejects a backup file that %s, says why, and changes nothing', async (_, make, words) => {
  const before = await contents(postern.database);
  await expect(restoreInto(postern.database, make(), true)).rejects.toThrow(words);
  expect(await contents(postern.database)).toEqual(before);
});
