import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { fork } from '../../src/database/connection/database.js';
import { formatMonth, toMonth, existingMonths } from '../../src/database/partition/monthly-partitions.js';
import { sweep, sweeps } from '../../src/server/sweeps.js';
import { loginAs } from '../features/sign-in/login-as.js';
import { query } from '../support/database.js';
import { newUser, newUsername } from '../support/users.js';
import { startPostern, type TestPostern } from '../support/postern.js';
import { watchRowsPerStatement } from '../support/rows-per-statement.js';
import { markTwoFactorOn } from '../support/two-factor.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;

/** How many rows a table has after a sweep at a later time. */
async function leftIn(table: string, milliseconds: number): Promise<number> {
  await sweep(postern.database, new Date(postern.clock.read().getTime() + milliseconds));
  return (await query(postern.database, `select * from ${table}`)).length;
}

test('deletes counts of failed attempts after 15 minutes, or 15 minutes after a lock (R-23)', async () => {
  const [failed, locked] = [await newUser(postern), await newUser(postern)];
  await loginAs(postern.client(), { login: failed.username, password: 'wrong-wrong' });
  for (let n = 0; n < 10; n += 1) await loginAs(postern.client(), { login: locked.username, password: 'wrong-wrong' });
  expect(await leftIn('attempts', HOUR_MS / 4 - 1)).toBe(2);
  expect(await leftIn('attempts', HOUR_MS / 4)).toBe(1);
  expect(await leftIn('attempts', HOUR_MS / 4 + 60_000)).toBe(0);
});

test('never deletes the count of failed second factors (R-20)', async () => {
  await query(postern.database, "insert into attempts (bucket, failures) values ('second-factor:somebody', 99)");
  expect(await leftIn('attempts', 1_000 * DAY_MS)).toBe(1);
});

test('deletes a session when it expires (R-55)', async () => {
  await query(postern.database, 'delete from sessions');
  await newUser(postern);
  expect(await leftIn('sessions', DAY_MS - 1)).toBe(1);
  expect(await leftIn('sessions', DAY_MS)).toBe(0);
});

test('deletes a sign-in challenge when it expires (R-11)', async () => {
  const { username, password } = await newUser(postern);
  await markTwoFactorOn(postern.database, username);
  await loginAs(postern.client(), { login: username, password });
  expect(await leftIn('second_factor_challenges', 5 * 60_000 - 1)).toBe(1);
  expect(await leftIn('second_factor_challenges', 5 * 60_000)).toBe(0);
});

test('frees a released username after thirty days (R-100)', async () => {
  const { client } = await newUser(postern);
  await client.send(
    'mutation ($input: ChangeUsernameInput!) { changeUsername(input: $input) { userErrors { code } } }',
    { input: { username: newUsername() } },
  );
  expect(await leftIn('released_usernames', 30 * DAY_MS - 1)).toBe(1);
  expect(await leftIn('released_usernames', 30 * DAY_MS)).toBe(0);
});

test('deletes verification codes, reset tokens and email changes when they expire (R-43, R-47, R-51)', async () => {
  const { username } = await newUser(postern);
  const now = postern.clock.read();
  const add = (table: string, columns: string, values: string, milliseconds: number) =>
    query(
      postern.database,
      `insert into ${table} (account_id, created_at, expires_at, ${columns}) select id, ?, ?, ${values} from accounts where username = ?`,
      [now, new Date(now.getTime() + milliseconds), username],
    );
  await add(
    'email_verifications',
    'id, auth_version, email, email_key',
    "gen_random_uuid(), 1, 'a@b.example', 'a@b.example'",
    HOUR_MS,
  );
  await add('password_resets', 'token_hash', "'hash'", HOUR_MS);
  await add(
    'email_changes',
    'id, former_email, former_email_key, new_email',
    "gen_random_uuid(), 'a@b.example', 'a@b.example', 'c@d.example'",
    HOUR_MS,
  );
  for (const table of ['email_verifications', 'password_resets', 'email_changes'])
    expect(await leftIn(table, HOUR_MS - 1)).toBe(1);
  for (const table of ['email_verifications', 'password_resets', 'email_changes'])
    expect(await leftIn(table, HOUR_MS)).toBe(0);
});

test('deletes a mail delivery seven days after its last update', async () => {
  await query(
    postern.database,
    'insert into mail_deliveries (job_id, uncertain, updated_at) values (gen_random_uuid(), 2, ?)',
    [postern.clock.read()],
  );
  expect(await leftIn('mail_deliveries', 7 * DAY_MS - 1)).toBe(1);
  expect(await leftIn('mail_deliveries', 7 * DAY_MS)).toBe(0);
});

test('deletes webhook deliveries after 30 days, and secrets after their grace period (R-126)', async () => {
  const now = postern.clock.read();
  await query(
    postern.database,
    "insert into webhooks (id, url, description, event_types, status, created_at) values ('00000000-0000-7000-8000-000000000001', 'https://hooks.example/', '', '{}', 'DISABLED', ?)",
    [now],
  );
  await query(
    postern.database,
    "insert into webhook_secrets (id, webhook_id, secret_ciphertext, created_at, valid_until) select gen_random_uuid(), id, 'x', ?, valid_until from webhooks, unnest(array[null, ?::timestamptz]) valid_until",
    [now, new Date(now.getTime() + HOUR_MS)],
  );
  await query(
    postern.database,
    "insert into webhook_deliveries (id, webhook_id, event_id, event_type, at, status, attempts) values (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'REGISTERED', ?, 'DELIVERED', 1)",
    [now],
  );
  expect(await leftIn('webhook_secrets', HOUR_MS - 1)).toBe(2);
  expect(await leftIn('webhook_secrets', HOUR_MS)).toBe(1);
  expect(await leftIn('webhook_deliveries', 30 * DAY_MS - 1)).toBe(1);
  expect(await leftIn('webhook_deliveries', 30 * DAY_MS)).toBe(0);
  await query(postern.database, 'delete from webhooks');
});

test('reports the name of a failed sweep, and still runs the others and creates partitions', async () => {
  await newUser(postern);
  const later = new Date(postern.clock.read().getTime() + 40 * DAY_MS);
  const broken = ['attempts', 'deleted_call_keys', 'released_usernames'];
  for (const table of broken) await query(postern.database, `alter table ${table} rename to ${table}_away`);
  await expect(sweep(postern.database, later)).rejects.toMatchObject({
    name: 'AggregateError',
    errors: { length: 3 },
    message: expect.stringMatching(
      /^sweep: usage failed: .*deleted_call_keys.*; attempts failed: .*; usernames failed: .*$/,
    ),
  });
  for (const table of broken) await query(postern.database, `alter table ${table}_away rename to ${table}`);
  expect(await query(postern.database, 'select 1 from sessions')).toEqual([]);
  expect((await existingMonths(fork(postern.database))).map(formatMonth)).toContain(formatMonth(toMonth(later, 3)));
});

test('deletes expired sessions in batches of at most 5,000', async () => {
  const { username } = await newUser(postern);
  await query(
    postern.database,
    `
    insert into sessions (id, account_id, token_hash, auth_version, factors, methods, created_at, last_seen_at, stepped_up_at, idle_seconds, remembered, expires_at)
    select gen_random_uuid(), id, 'ended ' || n, 1, '{}', '{}', ?, ?, ?, 60, false, ? from accounts, generate_series(1, 10001) n where username = ?`,
    [...Array<Date>(4).fill(postern.clock.read()), username],
  );
  const deletedTogether = await watchRowsPerStatement(postern.database, 'sessions', 'delete');
  expect(await leftIn('sessions', 0)).toBe(1);
  expect(await deletedTogether()).toEqual([5_000, 5_000, 1]);
});

test('deletes failed attempts in batches of at most 5,000, but none with a lock (R-23)', async () => {
  const now = postern.clock.read();
  await query(
    postern.database,
    "insert into attempts (bucket, failures, locked_until, forgotten_at) select 'many:' || n, 1, null, ?::timestamptz - make_interval(secs => n) from generate_series(1, 5001) n",
    [now],
  );
  await query(
    postern.database,
    "insert into attempts (bucket, failures, locked_until, forgotten_at) values ('many:locked', 10, ?, ?)",
    [new Date(now.getTime() + 1), new Date(now.getTime() + HOUR_MS)],
  );
  const deletedTogether = await watchRowsPerStatement(postern.database, 'attempts', 'delete');
  await sweep(postern.database, now);
  expect(await deletedTogether()).toEqual([5_000, 1]);
  expect(await query(postern.database, "select bucket from attempts where bucket like 'many:%'")).toEqual([
    { bucket: 'many:locked' },
  ]);
});

/** Columns that record when something happened, without an expiry. */
const whatHappened = [
  'at',
  'created_at',
  'enabled_at',
  'erased_at',
  'last_login_at',
  'last_seen_at',
  'last_used_at',
  'password_changed_at',
  'sealed_at',
  'stepped_up_at',
  'used_at',
  'username_changed_at',
];

/** Expiry columns whose rows the sweeps do not delete, each with a reviewed reason. */
const keptOrSweptElsewhere: Readonly<Record<string, string>> = {
  'access_tokens.end_reminded_at': 'says that a reminder was sent',
  'access_tokens.expires_at': 'events name the token, also after its end',
  'access_tokens.old_token_valid_until': 'the row is the token, and only its old secret ends',
  'access_tokens.revoked_at': 'events name the token, also after its end',
  'account_deletion_links.requested_at': 'erasing the account deletes it',
  'accounts.deletion_requested_at': 'says that the owner set deleted_at',
  'accounts.deleted_at': 'erase-deleted-users.ts makes a tombstone of the account',
  'attempts.locked_until': 'the failures outlast the lock, until forgotten_at',
  'call_keys.expires_at': 'its owner sees an expired key and deletes it',
  'call_keys.old_key_valid_until': 'the row is the key, and only its old secret ends',
  'call_keys.period_starts_at': 'the row is the key; its counters hold two periods at most',
  'call_keys.previous_period_starts_at': 'the row is the key; its counters hold two periods at most',
  'deleted_call_keys.deleted_at': 'the usage sweep deletes it',
  'event_streams.held_until': 'the row says how far syslog has come; only its lease ends',
  'rate_limits.expire': 'rate-limiter-flexible clears it',
  'signing_keys.signs_from': 'says from when it signs; ends_at is the end',
  'setup_tokens.expires_at': 'one a start, and only until there is a ROOT',
  'webhook_deliveries.next_attempt_at': 'the delivery is listed for 30 days',
  'webhooks.failing_since': 'says that the receiver fails',
};

test('deletes rows by every expiry column except those on the reviewed list', async () => {
  const columns = await query<{ table: string; column: string }>(
    postern.database,
    `
    select relname as "table", attname as "column" from pg_attribute join pg_class on pg_class.oid = attrelid
    where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p') and not relispartition
    and attnum > 0 and not attisdropped and relname <> 'migrations'
    and (atttypid in ('timestamptz'::regtype, 'timestamp'::regtype, 'date'::regtype) or attname like '%expire%')`,
  );
  const ends = columns
    .filter(({ column }) => !whatHappened.includes(column))
    .map(({ table, column }) => `${table}.${column}`);
  const swept = sweeps.flatMap((each) =>
    'expiry' in each && !whatHappened.includes(each.expiry) ? [`${each.table}.${each.expiry}`] : [],
  );
  expect(ends.sort()).toEqual([...swept, ...Object.keys(keptOrSweptElsewhere)].sort());
});

test('finds expired rows by an index of their expiry, in every table', async () => {
  const indexed = await query<{ name: string }>(
    postern.database,
    `select relname || '.' || attname as name from pg_index
     join pg_class on pg_class.oid = indrelid join pg_attribute on attrelid = indrelid and attnum = indkey[0]
     where relnamespace = current_schema()::regnamespace and indpred is null`,
  );
  const swept = sweeps.flatMap((each) => ('expiry' in each ? [`${each.table}.${each.expiry}`] : []));
  expect(indexed.map(({ name }) => name)).toEqual(expect.arrayContaining(swept));
});
