import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { loginAs } from '../sign-in/login-as.js';
import { registerAs } from '../sign-up/sign-up-as.js';
import type { Client } from '../../support/client.js';
import { query } from '../../support/database.js';
import { goodPassword, newPerson, newUsername, signIn, type Person } from '../../support/people.js';
import { startPostern, type TestPostern } from '../../support/postern.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

const devicesOf = ({ username }: Pick<Person, 'username'>) =>
  query<{ id: string; last_seen_at: Date | string }>(
    postern.database,
    'select d.* from known_devices d join accounts a on a.id = d.account_id where a.username = ? order by d.id',
    [username],
  );

/** The buckets that count a user's wrong passwords. */
const places = async ({ username }: Person) =>
  (
    await query<{ bucket: string }>(
      postern.database,
      `select bucket from attempts where bucket like '%' || (select id from accounts where username = ?)
    or bucket in (select 'password:device:' || d.id from known_devices d join accounts a on a.id = d.account_id where a.username = ?)`,
      [username, username],
    )
  ).map(({ bucket }) => bucket.replace(/:[^:]*$/, ''));

const failAs = (client: Client, { username }: Person) => loginAs(client, { login: username, password: 'wrong-wrong' });

test('remembers a browser from its first sign-in and recognizes it at the next (R-19)', async () => {
  const person = await newPerson(postern);
  expect(person.client.cookies.get('postern_device')).toMatch(/^psd_/);
  const [device] = await devicesOf(person);
  postern.clock.advance({ minutes: 5 });
  const again = await loginAs(person.client, { login: person.username, password: goodPassword });
  expect(again.headers.getSetCookie().filter((line) => line.includes('postern_device'))).toEqual([]);
  const [same, ...more] = await devicesOf(person);
  expect(more).toEqual([]);
  expect(same!.id).toBe(device!.id);
  expect(new Date(same!.last_seen_at).getTime()).toBeGreaterThan(new Date(device!.last_seen_at).getTime());
});

test('doesn’t remember a client with a bearer token, which has no cookie (R-19)', async () => {
  const person = { username: newUsername(), password: goodPassword };
  await registerAs(postern.client(), { ...person, delivery: 'BEARER' });
  await signIn(postern, person, 'BEARER');
  expect(await devicesOf(person)).toEqual([]);
});

test('recognizes a browser only for the account that signed in on it (R-19)', async () => {
  const [person, other] = [await newPerson(postern), await newPerson(postern)];
  person.client.cookies.delete('postern_session');
  await failAs(person.client, other);
  await failAs(person.client, person);
  expect(await places(other)).toEqual(['password:stranger']);
  expect(await places(person)).toEqual(['password:device']);
});

test('remembers 20 browsers per account and forgets the least recently used (R-19)', async () => {
  const person = await newPerson(postern);
  const browsers = [person.client];
  while (browsers.length < 21) {
    postern.clock.advance({ seconds: 1 });
    browsers.push(await signIn(postern, person));
  }
  expect(await devicesOf(person)).toHaveLength(20);
  const [first, second] = browsers.map((browser) => browser.copy());
  for (const client of [first!, second!]) client.cookies.delete('postern_session');
  await failAs(first!, person);
  expect(await places(person)).toEqual(['password:stranger']);
  await failAs(second!, person);
  expect(await places(person)).toEqual(['password:stranger', 'password:device']);
});
