import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { registerAt } from '../../support/registrations.js';
import { startTwoServers, type TwoServers } from '../../support/two-servers.js';
import { goodPassword } from '../../support/users.js';

let two: TwoServers;
beforeAll(async () => {
  two = await startTwoServers({ RETURN_ORIGINS: 'http://console.example.test' });
});
afterAll(() => two.stop());

const USERS = 8;

test('makes one key when two processes retire their first usernames, and keeps each name (R-125a)', async () => {
  const users = [];
  for (let number = 0; number < USERS; number += 1) users.push(await registerAt(two.servers[0]));
  const answers = await Promise.all(
    users.map(({ token, username }, number) =>
      two
        .client(number % 2 === 0 ? 0 : 1, token)
        .send('mutation ($input: ChangeUsernameInput!) { changeUsername(input: $input) { userErrors { code } } }', {
          input: { username: `${username}-new` },
        }),
    ),
  );
  for (const { data } of answers) expect(data['changeUsername'].userErrors).toEqual([]);
  expect(await two.database.query('select 1 from retired_username_keys')).toHaveLength(1);
  expect(await two.database.query('select 1 from retired_usernames')).toHaveLength(USERS);
  await two.database.query('delete from released_usernames');
  for (const [number, { username }] of users.entries()) {
    const { data } = await two
      .client(number % 2 === 0 ? 1 : 0)
      .send('mutation ($input: RegisterInput!) { register(input: $input) { userErrors { code } } }', {
        input: { username, password: goodPassword, confirmPassword: goodPassword },
      });
    expect(data['register'].userErrors).toEqual([{ code: 'USERNAME_TAKEN' }]);
  }
});
