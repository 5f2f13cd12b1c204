import { afterEach, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { openRaceDatabase } from '../support/race-database.js';
import { startServer } from '../support/server-process.js';
import { startThreeServers, type ThreeServers } from '../support/three-servers.js';

let three: ThreeServers | undefined;
afterEach(() => three?.stop());

/** More than two pages of the work. */
const ROWS = 1_200;

test('does the work of a start once on three processes', async () => {
  const database = await openRaceDatabase();
  const { query } = database;
  // The first start records the encryption keys.
  await (await startServer({ DATABASE_URL: database.url })).process.stop();
  await query(
    `insert into accounts (id, username, role, status, created_at)
     select gen_random_uuid(), 'u' || n, 'USER', 'ACTIVE', now() from generate_series(1, $1::int) n`,
    [ROWS],
  );
  await query(
    `insert into api_tokens (account_id, token_hash, key_id, hint, token_ciphertext, created_at)
     select id, username, 'test', 'abcd', 'x', now() from accounts`,
  );
  await query(
    "insert into released_usernames (username, account_id, reserved_until) select 'old' || username, id, now() + interval '1 day' from accounts",
  );
  three = await startThreeServers(
    { API_TOKEN_VIEWABLE: 'false', RETURN_ORIGINS: 'http://console.example.test' },
    database,
  );
  const counts = async () => {
    const [row] = await query(
      `select (select count(*)::int from api_tokens where token_ciphertext is not null) as viewable,
         (select count(*)::int from api_tokens) as tokens, (select count(*)::int from retired_usernames) as retired,
         (select count(*)::int from retired_username_keys) as keys`,
    );
    return row;
  };
  const done = { viewable: 0, tokens: ROWS, retired: ROWS, keys: 1 };
  await eventually(async () => JSON.stringify(await counts()) === JSON.stringify(done), 'the work is done');
  await Promise.all(three.servers.map(({ process }) => process.stop()));
  expect([await counts(), three.errors()]).toEqual([done, []]);
});
