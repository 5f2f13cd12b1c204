import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { fork } from '../../../src/database/connection/database.js';
import { touchSession } from '../../../src/features/session/touch-session.js';
import type { Client } from '../../support/client.js';
import { query } from '../../support/database.js';
import { newUser, signIn, type TestUser } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { startBeside } from '../../support/start-beside.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

/** Whether a client is signed in. Updates of the session are written before the response. */
async function isSignedIn(client: Client): Promise<boolean> {
  const { data } = await client.send('{ me { id } }');
  await postern.app.dependencies.background.whenIdle();
  return data['me'] !== null;
}

async function rememberedClient({ username, password }: TestUser): Promise<Client> {
  const client = postern.client();
  const answer = await client.send('mutation ($input: LoginInput!) { login(input: $input) { userErrors { code } } }', {
    input: { login: username, password, rememberMe: true },
  });
  expect(answer).toSucceed();
  return client;
}

async function newAdministrator(role: 'ADMIN' | 'ROOT'): Promise<TestUser> {
  const user = await newUser(postern);
  await query(postern.database, 'update accounts set role = ? where username = ?', [role, user.username]);
  return user;
}

test('expires an unused session after exactly one hour (R-55)', async () => {
  const [early, late] = [await newUser(postern), await newUser(postern)];
  postern.clock.advance({ minutes: 59, seconds: 59 });
  expect(await isSignedIn(early.client)).toBe(true);
  postern.clock.advance({ seconds: 1 });
  expect(await isSignedIn(late.client)).toBe(false);
});

test('keeps a session that is used every 50 minutes, until 24 hours after sign-in (R-55)', async () => {
  const { client } = await newUser(postern);
  for (let used = 50; used < 24 * 60; used += 50) {
    postern.clock.advance({ minutes: 50 });
    expect(await isSignedIn(client)).toBe(true);
  }
  postern.clock.advance({ minutes: 39, seconds: 59 });
  expect(await isSignedIn(client)).toBe(true);
  postern.clock.advance({ seconds: 1 });
  expect(await isSignedIn(client)).toBe(false);
});

test('updates a session’s last use on each request, but never its expiry (R-55)', async () => {
  const { client, username } = await newUser(postern);
  const read = async () =>
    (
      await query<{ last_seen_at: Date | string; expires_at: Date | string }>(
        postern.database,
        'select last_seen_at, expires_at from sessions where account_id = (select id from accounts where username = ?)',
        [username],
      )
    )[0];
  const before = await read();
  postern.clock.advance({ minutes: 10 });
  expect(await isSignedIn(client)).toBe(true);
  const after = await read();
  expect(new Date(after!.last_seen_at).getTime() - new Date(before!.last_seen_at).getTime()).toBe(10 * 60_000);
  expect(new Date(after!.expires_at)).toEqual(new Date(before!.expires_at));
});

test('keeps the later of two uses of a session recorded out of order (R-55)', async () => {
  const { username } = await newUser(postern);
  const [{ id }] = (await query<{ id: string }>(
    postern.database,
    'select s.id from sessions s join accounts a on a.id = s.account_id where a.username = ?',
    [username],
  )) as [{ id: string }];
  const earlier = postern.clock.read();
  postern.clock.advance({ minutes: 2 });
  for (const time of [postern.clock.read(), earlier]) await touchSession(fork(postern.database), id, time);
  const [session] = await query<{ last_seen_at: Date | string }>(
    postern.database,
    'select last_seen_at from sessions where id = ?',
    [id],
  );
  expect(new Date(session!.last_seen_at)).toEqual(postern.clock.read());
});

test('extends no session for a request without its valid credential (R-55)', async () => {
  const { client, username } = await newUser(postern);
  postern.clock.advance({ minutes: 50 });
  const unknownDevice = postern.client();
  unknownDevice.token = 'pss_wrong';
  await unknownDevice.send('{ me { id } }');
  await postern.client().send('{ policy { passwordMinLength } }');
  await postern.client().send('mutation ($input: LoginInput!) { login(input: $input) { userErrors { code } } }', {
    input: { login: username, password: 'not the password' },
  });
  await postern.app.dependencies.background.whenIdle();
  postern.clock.advance({ minutes: 10 });
  expect(await isSignedIn(client)).toBe(false);
});

test('expires a remembered session after 72 hours of inactivity or 14 days (R-55)', async () => {
  const user = await newUser(postern);
  const [idle, used] = [await rememberedClient(user), await rememberedClient(user)];
  postern.clock.advance({ hours: 71, minutes: 59, seconds: 59 });
  expect(await isSignedIn(used)).toBe(true);
  postern.clock.advance({ seconds: 1 });
  expect(await isSignedIn(idle)).toBe(false);
  for (let days = 4; days <= 13; days += 1) {
    postern.clock.advance({ days: 1 });
    expect(await isSignedIn(used)).toBe(true);
  }
  postern.clock.advance({ hours: 23, minutes: 59, seconds: 59 });
  expect(await isSignedIn(used)).toBe(true);
  postern.clock.advance({ seconds: 1 });
  expect(await isSignedIn(used)).toBe(false);
});

test.each(['ADMIN', 'ROOT'] as const)(
  'expires a session of %s after 30 idle minutes or 12 hours, and never remembers it (R-55)',
  async (role) => {
    const administrator = await newAdministrator(role);
    const answer = await postern
      .client()
      .send('mutation ($input: LoginInput!) { login(input: $input) { userErrors { code } } }', {
        input: { login: administrator.username, password: administrator.password, rememberMe: true },
      });
    expect(answer.headers.getSetCookie().find((line) => line.includes('postern_session='))).not.toMatch(
      /expires|max-age/i,
    );
    const [idle, used] = [await rememberedClient(administrator), await rememberedClient(administrator)];
    postern.clock.advance({ minutes: 29, seconds: 59 });
    expect(await isSignedIn(used)).toBe(true);
    postern.clock.advance({ seconds: 1 });
    expect(await isSignedIn(idle)).toBe(false);
    for (let minutes = 30; minutes + 29 < 12 * 60; minutes += 29) {
      postern.clock.advance({ minutes: 29 });
      expect(await isSignedIn(used)).toBe(true);
    }
    postern.clock.advance({ minutes: 22, seconds: 59 });
    expect(await isSignedIn(used)).toBe(true);
    postern.clock.advance({ seconds: 1 });
    expect(await isSignedIn(used)).toBe(false);
  },
);

test('treats an expired cookie as anonymous, but rejects an expired bearer token (R-55)', async () => {
  const user = await newUser(postern);
  const bearer = await signIn(postern, user, 'BEARER');
  postern.clock.advance({ hours: 1 });
  const answer = await user.client.send('{ me { id } policy { passwordMinLength } }');
  expect(answer).toMatchObject({ status: 200, data: { me: null, policy: { passwordMinLength: 8 } } });
  expect(answer.headers.getSetCookie()).toEqual([
    expect.stringMatching(/^postern_session=; .*Expires=Thu, 01 Jan 1970/),
  ]);
  const refused = await bearer.send('{ me { id } }');
  expect(refused).toMatchObject({ status: 401, data: null });
  expect(refused).toFailWith('UNAUTHENTICATED');
});

test('omits an expired session from the list of sessions (R-55)', async () => {
  const user = await newUser(postern);
  postern.clock.advance({ minutes: 30 });
  const second = await signIn(postern, user);
  postern.clock.advance({ minutes: 30 });
  const { data } = await second.send('{ me { sessions { current } } }');
  expect(data['me'].sessions).toEqual([{ current: true }]);
});

test('reads the lifetimes of sessions from the settings (R-55)', async () => {
  const short = await startBeside(postern, { SESSION_IDLE_MINUTES: '5', SESSION_LIFETIME_HOURS: '1' });
  try {
    const [idle, used] = [await newUser(short), await newUser(short)];
    short.clock.advance({ minutes: 4 });
    expect((await used.client.send('{ me { id } }')).data['me']).not.toBeNull();
    await short.app.dependencies.background.whenIdle();
    short.clock.advance({ minutes: 1 });
    expect((await idle.client.send('{ me { id } }')).data['me']).toBeNull();
    expect((await used.client.send('{ me { id } }')).data['me']).not.toBeNull();
  } finally {
    await short.close();
  }
});
