import { afterEach, expect, test } from '@jest/globals';
import { openRaceDatabase, type RaceDatabase } from '../support/race-database.js';
import { cleanUp, runCommand } from '../support/server-process.js';
import { fileOf, userLines } from './import-file.js';
import { objectsIn } from './installation.js';

let database: RaceDatabase;
afterEach(async () => {
  await cleanUp();
  await database.drop();
});

const USERS = 3_000;

test('imports every user once when two imports of one file run at the same time', async () => {
  database = await openRaceDatabase();
  const settings = { DATABASE_URL: database.url };
  const file = fileOf(userLines(USERS));
  const argv = ['users', 'import', file, '--skip-invalid', '--json'];
  const ended = await Promise.all([1, 2].map(() => runCommand(argv, settings)));
  for (const { code, stderr } of ended) expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const [one, other] = ended.map((end) => objectsIn(end).at(-1));
  expect(one.imported + other.imported).toBe(USERS);
  expect([one, other].map(({ imported, alreadyThere, refused }) => [imported + alreadyThere, refused])).toEqual([
    [USERS, 0],
    [USERS, 0],
  ]);
  expect(
    await database.query(
      "select count(*)::int as users, count(distinct account_id)::int as events from accounts, security_events where account_id = accounts.id and type = 'USER_IMPORTED'",
    ),
  ).toEqual([{ users: USERS, events: USERS }]);
});

test('imports every user once when two files list them in opposite orders', async () => {
  database = await openRaceDatabase();
  const settings = { DATABASE_URL: database.url };
  const lines = userLines(1_000).trimEnd().split('\n');
  const files = [fileOf(...lines), fileOf(...lines.toReversed())];
  const ended = await Promise.all(
    files.map((file) => runCommand(['users', 'import', file, '--skip-invalid', '--json'], settings)),
  );
  for (const { code, stderr } of ended) expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(ended.map((end) => objectsIn(end).at(-1).refused)).toEqual([0, 0]);
  expect(await database.query('select count(*)::int from accounts')).toEqual([{ count: 1_000 }]);
});
