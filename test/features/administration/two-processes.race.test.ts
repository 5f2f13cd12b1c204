import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { eraseDeletedUsers } from '../../../src/features/administration/erase-deleted-users.js';
import { parseKeyRing } from '../../../src/crypto/key-ring.js';
import { fork } from '../../../src/database/connection/database.js';
import { openPostgresql } from '../../../src/database/connection/postgresql.js';
import type { Client } from '../../support/client.js';
import { goodPassword } from '../../support/users.js';
import { testConfig, testSettings } from '../../support/postern.js';
import { startTwoServers, type TwoServers } from '../../support/two-servers.js';
import { act } from './actions.js';

let two: TwoServers;
beforeAll(async () => {
  two = await startTwoServers();
});
afterAll(() => two.stop());

interface Known {
  readonly id: string;
  readonly username: string;
  readonly client: Client;
}

let users = 0;
async function newOfRole(role: string): Promise<Known> {
  const [server, username] = [(users += 1), `racer${users}`];
  const { data } = await two
    .client(server)
    .send(
      'mutation ($input: RegisterInput!) { register(input: $input) { user { id } session { token } userErrors { code } } }',
      { input: { username, password: goodPassword, confirmPassword: goodPassword, delivery: 'BEARER' } },
    );
  await two.database.query('update accounts set role = $1 where username = $2', [role, username]);
  return {
    id: data['register'].user.id as string,
    username,
    client: two.client(server, data['register'].session.token as string),
  };
}

test('keeps one ROOT when two ROOTs demote each other concurrently, in 50 rounds (R-72)', async () => {
  const [ada, bob] = [await newOfRole('ROOT'), await newOfRole('ROOT')];
  for (let round = 0; round < 50; round += 1) {
    await Promise.all([
      act(ada.client, 'setUserRole', { userId: bob.id, role: 'ADMIN' }),
      act(bob.client, 'setUserRole', { userId: ada.id, role: 'ADMIN' }),
    ]);
    expect(await two.database.query("select username from accounts where role = 'ROOT'")).toHaveLength(1);
    await two.database.query("update accounts set role = 'ROOT' where username = any($1)", [
      [ada.username, bob.username],
    ]);
    await two.database.query(
      'update sessions set auth_version = (select auth_version from accounts where accounts.id = sessions.account_id)',
    );
  }
});

test('rejects an action by an administrator who is demoted while it runs (R-71)', async () => {
  const [root, admin, user] = [await newOfRole('ROOT'), await newOfRole('ADMIN'), await newOfRole('USER')];
  const [demoted, disabled] = await two.oneWhileTheOtherEnds(
    () => act(root.client, 'setUserRole', { userId: admin.id, role: 'USER' }),
    () => act(admin.client, 'setUserStatus', { userId: user.id, status: 'DISABLED' }),
  );
  expect(demoted).toSucceed();
  expect(disabled).toFailWith('UNAUTHENTICATED');
  expect(await two.database.query('select status from accounts where username = $1', [user.username])).toEqual([
    { status: 'ACTIVE' },
  ]);
});

test('keeps an account that is restored while it is being erased (R-71)', async () => {
  const user = await newOfRole('USER');
  await two.database.query(
    "update accounts set status = 'DELETED', deleted_at = '2026-01-01', status_before_deletion = 'ACTIVE' where username = $1",
    [user.username],
  );
  const [database, restoring] = [
    await openPostgresql(two.database.url),
    new pg.Client({ connectionString: two.database.url }),
  ];
  await restoring.connect();
  try {
    await restoring.query('begin');
    await restoring.query(
      "update accounts set status = 'ACTIVE', deleted_at = null, status_before_deletion = null where username = $1",
      [user.username],
    );
    // It leaves out an account whose row another transaction has locked.
    await eraseDeletedUsers({
      em: fork(database),
      keys: parseKeyRing(testSettings.ENCRYPTION_KEYS),
      now: new Date(),
      config: testConfig({}),
    });
    await restoring.query('commit');
    expect(
      await two.database.query('select status, erased_at from accounts where username = $1', [user.username]),
    ).toEqual([{ status: 'ACTIVE', erased_at: null }]);
  } finally {
    await restoring.end();
    await database.close();
  }
});
