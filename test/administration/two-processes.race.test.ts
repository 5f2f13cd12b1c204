import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Client } from '../support/client.js';
import { goodPassword } from '../support/people.js';
import { startTwoServers, type TwoServers } from '../support/two-servers.js';
import { act } from './acts.js';

let two: TwoServers;
beforeAll(async () => { two = await startTwoServers(); });
afterAll(() => two.stop());

interface Known { readonly id: string; readonly username: string; readonly client: Client }

let people = 0;
async function newOfRole(role: string): Promise<Known> {
  const [server, username] = [people += 1, `racer${people}`];
  const { data } = await two.client(server).send(
    'mutation ($input: RegisterInput!) { register(input: $input) { user { id } session { token } userErrors { code } } }', { input: { username, password: goodPassword, confirmPassword: goodPassword, delivery: 'BEARER' } });
  await two.database.query('update accounts set role = $1 where username = $2', [role, username]);
  return { id: data['register'].user.id as string, username, client: two.client(server, data['register'].session.token as string) };
}

test('two ROOTs who demote each other at once, fifty times, always leave one (R-72)', async () => {
  const [ada, bob] = [await newOfRole('ROOT'), await newOfRole('ROOT')];
  for (let round = 0; round < 50; round += 1) {
    await Promise.all([act(ada.client, 'setUserRole', { userId: bob.id, role: 'ADMIN' }), act(bob.client, 'setUserRole', { userId: ada.id, role: 'ADMIN' })]);
    expect(await two.database.query("select username from accounts where role = 'ROOT'")).toHaveLength(1);
    await two.database.query("update accounts set role = 'ROOT' where username = any($1)", [[ada.username, bob.username]]);
    await two.database.query('update sessions set auth_version = (select auth_version from accounts where accounts.id = sessions.account_id)');
  }
});

test('an administrator who loses the role while acting comes too late: signed out, and nothing is done (R-71)', async () => {
  const [root, admin, user] = [await newOfRole('ROOT'), await newOfRole('ADMIN'), await newOfRole('USER')];
  const [demoted, disabled] = await two.oneWhileTheOtherEnds(
    () => act(root.client, 'setUserRole', { userId: admin.id, role: 'USER' }), () => act(admin.client, 'setUserStatus', { userId: user.id, status: 'DISABLED' }));
  expect(demoted).toSucceed();
  expect(disabled).toFailWith('UNAUTHENTICATED');
  expect(await two.database.query('select status from accounts where username = $1', [user.username])).toEqual([{ status: 'ACTIVE' }]);
});
