import { expect, test } from '@jest/globals';
import { query } from '../../support/database.js';
import { goodPassword, newUser, newUsername } from '../../support/users.js';
import { startPostern } from '../../support/postern.js';

const login = 'mutation ($input: LoginInput!) { login(input: $input) { session { token } userErrors { code } } }';
const register =
  'mutation ($input: RegisterInput!) { register(input: $input) { session { token } userErrors { code } } }';

test.each(['attempts', 'rate_limits', 'security_events', 'known_devices'])(
  'rejects every sign-in when the table %s is missing (R-86)',
  async (table) => {
    const postern = await startPostern({ LIMITS: 'on' });
    const user = await newUser(postern);
    const before = await query(postern.database, 'select id from sessions order by id');
    await query(postern.database, `drop table ${table}`);
    const answer = await postern.client().send(login, { input: { login: user.username, password: goodPassword } });
    expect(answer).toFailWith('INTERNAL_SERVER_ERROR');
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(await query(postern.database, 'select id from sessions order by id')).toEqual(before);
    await postern.close();
  },
);

test.each(['rate_limits', 'security_events', 'released_usernames'])(
  'rejects sign-up when the table %s is missing, and creates no account (R-86, R-96)',
  async (table) => {
    const postern = await startPostern({ LIMITS: 'on' });
    await query(postern.database, `drop table ${table}`);
    const answer = await postern.client().send(register, {
      input: { username: newUsername(), password: goodPassword, confirmPassword: goodPassword, delivery: 'BEARER' },
    });
    expect(answer).toFailWith('INTERNAL_SERVER_ERROR');
    expect(await query(postern.database, 'select id from accounts')).toEqual([]);
    await postern.close();
  },
);
