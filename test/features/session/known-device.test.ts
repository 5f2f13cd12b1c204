import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { loginAs } from '../sign-in/login-as.js';
import { registerAs } from '../sign-up/sign-up-as.js';
import type { Client } from '../../support/client.js';
import { query } from '../../support/database.js';
import { goodPassword, newUser, newUsername, signIn, type TestUser } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

const devicesOf = ({ username }: Pick<TestUser, 'username'>) =>
  query<{ id: string; last_seen_at: Date | string }>(
    postern.database,
    'select d.* from known_devices d join accounts a on a.id = d.account_id where a.username = ? order by d.id',
    [username],
  );

/** The buckets that count a user's wrong passwords. */
const places = async ({ username }: TestUser) =>
  (
    await query<{ bucket: string }>(
      postern.database,
      `select bucket from attempts where bucket like '%:' || (select id from accounts where username = ?) || '%'
    or bucket in (select 'password:device:' || d.id from known_devices d join accounts a on a.id = d.account_id where a.username = ?)`,
      [username, username],
    )
  ).map(({ bucket }) => bucket.split(':', 2).join(':'));

const failAs = (client: Client, { username }: TestUser) =>
  loginAs(client, { login: username, password: 'wrong-wrong' });

test('remembers a browser from its first sign-in and recognizes it at the next (R-19)', async () => {
  const user = await newUser(postern);
  expect(user.client.cookies.get('postern_device')).toMatch(/^psd_/);
  const [device] = await devicesOf(user);
  postern.clock.advance({ minutes: 5 });
  const again = await loginAs(user.client, { login: user.username, password: goodPassword });
  expect(again.headers.getSetCookie().filter((line) => line.includes('postern_device'))).toEqual([]);
  const [same, ...more] = await devicesOf(user);
  expect(more).toEqual([]);
  expect(same!.id).toBe(device!.id);
  expect(new Date(same!.last_seen_at).getTime()).toBeGreaterThan(new Date(device!.last_seen_at).getTime());
});

test('doesn’t remember a client that signs in with a bearer token instead of a cookie (R-19)', async () => {
  const user = { username: newUsername(), password: goodPassword };
  await registerAs(postern.client(), { ...user, delivery: 'BEARER' });
  await signIn(postern, user, 'BEARER');
  expect(await devicesOf(user)).toEqual([]);
});

test('recognizes a browser only for the account that signed in on it (R-19)', async () => {
  const [user, other] = [await newUser(postern), await newUser(postern)];
  user.client.cookies.delete('postern_session');
  await failAs(user.client, other);
  await failAs(user.client, user);
  expect(await places(other)).toEqual(['password:network']);
  expect(await places(user)).toEqual(['password:device']);
});

test('remembers 20 browsers per account and forgets the least recently used (R-19)', async () => {
  const user = await newUser(postern);
  const browsers = [user.client];
  while (browsers.length < 21) {
    postern.clock.advance({ seconds: 1 });
    browsers.push(await signIn(postern, user));
  }
  expect(await devicesOf(user)).toHaveLength(20);
  const [first, second] = browsers.map((browser) => browser.copy());
  for (const client of [first!, second!]) client.cookies.delete('postern_session');
  await failAs(first!, user);
  expect(await places(user)).toEqual(['password:network']);
  await failAs(second!, user);
  expect(await places(user)).toEqual(['password:network', 'password:device']);
});
