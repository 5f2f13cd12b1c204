import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { days } from '../../../src/duration.js';
import { parseKeyRing } from '../../../src/crypto/key-ring.js';
import { fork, type Database } from '../../../src/database/connection/database.js';
import { eraseDeletedUsers } from '../../../src/features/administration/erase-deleted-users.js';
import { insertAccount } from '../../server/periodic-cases.js';
import { testConfig, testSettings } from '../../support/postern.js';
import { openRaceDatabase, type RaceDatabase } from '../../support/race-database.js';

let race: RaceDatabase;
let instances: Database[];
beforeAll(async () => {
  race = await openRaceDatabase();
  instances = await Promise.all([1, 2].map(() => race.open()));
});
afterAll(() => race.drop());

const [keys, config] = [parseKeyRing(testSettings.ENCRYPTION_KEYS), testConfig({})];
const erase = (database: Database) => eraseDeletedUsers({ em: fork(database), keys, now: new Date(), config });

test('skips an account that another process is erasing, without waiting or failing', async () => {
  const ids = [await insertAccount(race.query), await insertAccount(race.query)];
  await race.query("update accounts set status = 'DELETED', status_before_deletion = 'ACTIVE', deleted_at = $1", [
    new Date(Date.now() - days(31)),
  ]);
  const erased = async () =>
    (await race.query<{ id: string }>('select id from accounts where erased_at is not null')).map(({ id }) => id);
  await fork(instances[0]!).transactional(async (em) => {
    await em.execute('select id from accounts where id = ? for update', [ids[0]]);
    await erase(instances[1]!);
    expect(await erased()).toEqual([ids[1]]);
  });
  await erase(instances[1]!);
  expect((await erased()).sort()).toEqual(ids.sort());
});
