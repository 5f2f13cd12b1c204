import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createDatabaseFigures } from '../../src/server/database-figures.js';
import { query } from '../support/database.js';
import { startPostern, type TestPostern } from '../support/postern.js';
import { newUser } from '../support/users.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
  await newUser(postern);
});
afterAll(() => postern.close());

const read = () => createDatabaseFigures(postern.database, { syslog: null })();

test('counts open sessions and what waits', async () => {
  expect(await read()).toMatchObject({ openSessions: 1, waitingMails: 0, failingWebhooks: 0 });
});

test('reads the other figures when sessions can’t be counted', async () => {
  await query(postern.database, 'alter table sessions rename to sessions_away');
  try {
    expect(await read()).toMatchObject({ openSessions: null, waitingMails: 0, failingWebhooks: 0 });
  } finally {
    await query(postern.database, 'alter table sessions_away rename to sessions');
  }
});

test('keeps figures for a while', async () => {
  const figures = createDatabaseFigures(postern.database, { syslog: null });
  await figures();
  await newUser(postern);
  expect(await figures()).toMatchObject({ openSessions: 1 });
});
