import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client } from '../../support/client.js';
import { query } from '../../support/database.js';
import { newUser, signIn, type TestUser } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

interface Listed {
  readonly id: string;
  readonly current: boolean;
  readonly device: string | null;
  readonly ip: string | null;
  readonly factors: string[];
}

const list = async (client: Client): Promise<Listed[]> =>
  (await client.send('{ me { sessions { id current device ip factors } } }')).data['me']?.sessions;
const currentId = async (client: Client) => (await list(client)).find(({ current }) => current)?.id ?? '';
const isSignedIn = async (client: Client) => (await client.send('{ me { id } }')).data?.['me'] != null;
const revoke = (client: Client, sessionId: string) =>
  client.send(
    'mutation ($input: RevokeSessionInput!) { revokeSession(input: $input) { revokedSessionId userErrors { code field message } } }',
    { input: { sessionId } },
  );
const events = (username: string, type: string) =>
  query<{ session_id: string; outcome: string; actor_id: string; account_id: string }>(
    postern.database,
    'select e.* from security_events e join accounts a on a.id = e.account_id where a.username = ? and e.type = ? order by e.id',
    [username, type],
  );
const sessionsInDatabase = async () =>
  (await query<{ id: string }>(postern.database, 'select id from sessions order by id')).map(({ id }) => id);

/** Signs in with a browser's user agent. */
async function signInWith({ username, password }: TestUser, userAgent: string): Promise<Client> {
  const client = new Client(postern.url, { 'user-agent': userAgent });
  await client.send('mutation ($input: LoginInput!) { login(input: $input) { userErrors { code } } }', {
    input: { login: username, password },
  });
  return client;
}

test('lists sessions with device, address and factors, and marks the current one (R-57)', async () => {
  const user = await newUser(postern);
  postern.clock.advance({ seconds: 1 });
  const firefox = await signInWith(user, 'Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0');
  postern.clock.advance({ seconds: 1 });
  const safari = await signInWith(
    user,
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
  );
  postern.clock.advance({ seconds: 1 });
  await signInWith(user, 'curl/8.9.1');
  const seen = await list(firefox);
  expect(seen.map(({ device, current }) => [device, current])).toEqual([
    ['curl', false],
    ['Safari on iOS', false],
    ['Firefox on Linux', true],
    [expect.any(String), false],
  ]);
  expect(seen.every(({ ip, factors }) => ip === '127.0.0.1' && factors.join() === 'PASSWORD')).toBe(true);
  expect((await list(safari)).filter(({ current }) => current).map(({ device }) => device)).toEqual(['Safari on iOS']);
});

test('truncates the user agent of a session, and removes its control characters (R-57)', async () => {
  const user = await newUser(postern);
  await signInWith(user, `strange\u0085\u00ad${'x'.repeat(5_000)}`);
  const [row] = await query<{ user_agent: string }>(
    postern.database,
    "select user_agent from sessions where user_agent like 'strange%'",
  );
  expect(row?.user_agent).toBe(`strange${'x'.repeat(249)}`);
});

test('keeps tokens and their hashes out of the list of sessions (R-57)', async () => {
  const { client } = await newUser(postern, 'BEARER');
  const { data } = await client.send('{ __type(name: "Session") { fields { name } } }');
  expect(data['__type'].fields.map(({ name }: { name: string }) => name).sort()).toEqual([
    'createdAt',
    'current',
    'device',
    'expiresAt',
    'factors',
    'id',
    'ip',
    'lastSeenAt',
  ]);
});

test('revokes the session on the server when signing out (R-57)', async () => {
  const user = await newUser(postern);
  const attacker = user.client.copy();
  const other = await signIn(postern, user);
  expect(await user.client.send('mutation { logout { userErrors { code } } }')).toSucceed();
  expect(await isSignedIn(attacker)).toBe(false);
  expect(await isSignedIn(other)).toBe(true);
  expect(await events(user.username, 'LOGGED_OUT')).toHaveLength(1);
});

test('signs out successfully without a session, and records nothing (R-57)', async () => {
  const before = await query(postern.database, 'select id from security_events');
  expect(await postern.client().send('mutation { logout { userErrors { code } } }')).toSucceed();
  expect(await query(postern.database, 'select id from security_events')).toHaveLength(before.length);
});

test('revokes one session by its ID, signs out its client and records an event (R-57)', async () => {
  const user = await newUser(postern);
  const [lost, kept] = [await signIn(postern, user), await signIn(postern, user, 'BEARER')];
  const id = await currentId(lost);
  const answer = await revoke(user.client, id);
  expect(answer).toSucceed();
  expect(answer.data['revokeSession'].revokedSessionId).toBe(id);
  expect(await isSignedIn(lost)).toBe(false);
  expect(await isSignedIn(kept)).toBe(true);
  expect(await isSignedIn(user.client)).toBe(true);
  const [event, ...more] = await events(user.username, 'SESSION_REVOKED');
  expect(more).toEqual([]);
  expect(event).toMatchObject({ outcome: 'SUCCESS' });
  expect(event?.actor_id).toBe(event?.account_id);
});

test('signs the client out when it revokes its current session', async () => {
  const user = await newUser(postern);
  expect(await revoke(user.client, await currentId(user.client))).toSucceed();
  expect(await isSignedIn(user.client)).toBe(false);
});

test('rejects foreign, unknown, revoked and invalid session IDs, and revokes nothing (R-57)', async () => {
  const [user, unknownDevice] = [await newUser(postern), await newUser(postern)];
  const gone = await signIn(postern, user);
  const goneId = await currentId(gone);
  await revoke(user.client, goneId);
  const before = await sessionsInDatabase();
  const answers = [];
  for (const id of [
    await currentId(unknownDevice.client),
    'session_0000000000000000000000',
    goneId,
    user.id,
    'session_',
    '',
    'x'.repeat(4_000),
    '1 or 1=1',
    'session_zzzzzzzzzzzzzzzzzzzzzz',
  ]) {
    const answer = await revoke(user.client, id);
    expect(answer).toBeRefusedWith(['NOT_FOUND', 'sessionId']);
    answers.push(answer.text);
  }
  expect(new Set(answers).size).toBe(1);
  expect(await sessionsInDatabase()).toEqual(before);
  expect(await isSignedIn(unknownDevice.client)).toBe(true);
  expect(await events(unknownDevice.username, 'SESSION_REVOKED')).toEqual([]);
});

test('rejects revoking another user’s session by its ID, even by an administrator (R-57)', async () => {
  const [administrator, user] = [await newUser(postern), await newUser(postern)];
  await query(postern.database, "update accounts set role = 'ROOT' where username = ?", [administrator.username]);
  expect(await revoke(administrator.client, await currentId(user.client))).toBeRefusedWith(['NOT_FOUND', 'sessionId']);
  expect(await isSignedIn(user.client)).toBe(true);
});

test('revokeOtherSessions revokes, counts and records all sessions but the current one (R-57)', async () => {
  const [user, bystander] = [await newUser(postern), await newUser(postern)];
  const others = [await signIn(postern, user), await signIn(postern, user, 'BEARER'), await signIn(postern, user)];
  const answer = await user.client.send('mutation { revokeOtherSessions { revokedCount userErrors { code } } }');
  expect(answer.data).toEqual({ revokeOtherSessions: { revokedCount: 3, userErrors: [] } });
  for (const other of others) expect(await isSignedIn(other)).toBe(false);
  expect(await isSignedIn(user.client)).toBe(true);
  expect(await isSignedIn(bystander.client)).toBe(true);
  const recorded = await events(user.username, 'SESSION_REVOKED');
  expect(new Set(recorded.map(({ session_id }) => session_id)).size).toBe(3);
  expect((await user.client.send('mutation { revokeOtherSessions { revokedCount } }')).data).toEqual({
    revokeOtherSessions: { revokedCount: 0 },
  });
});

test.each([
  ['had idled out', "last_seen_at = last_seen_at - interval '1 hour'"],
  ['were past their end', 'expires_at = last_seen_at'],
  ['were older than a change that raised authVersion', 'auth_version = auth_version - 1'],
])(
  'omits sessions that %s from the list and count, and deletes them without an event (R-57)',
  async (_state, change) => {
    const user = await newUser(postern);
    const current = await signIn(postern, user);
    const sessions = () =>
      query(
        postern.database,
        'select s.id from sessions s join accounts a on a.id = s.account_id where a.username = ? order by s.id',
        [user.username],
      );
    const [first] = await sessions();
    await query(postern.database, `update sessions set ${change} where id = ?`, [first!['id']]);
    expect(await list(current)).toMatchObject([{ current: true }]);
    const answer = await current.send('mutation { revokeOtherSessions { revokedCount } }');
    expect(answer.data).toEqual({ revokeOtherSessions: { revokedCount: 0 } });
    expect(await sessions()).toHaveLength(1);
    expect(await events(user.username, 'SESSION_REVOKED')).toEqual([]);
  },
);

test.each(['revokeSession', 'revokeOtherSessions'])(
  '%s requires a step-up to end a session in which the user has just verified every factor',
  async (name) => {
    const user = await newUser(postern);
    const stolen = user.client.copy();
    postern.clock.advance({ minutes: 11 });
    const owner = await signIn(postern, user);
    const [ownerId, stolenId] = [await currentId(owner), await currentId(stolen)];
    const end = (client: Client, id: string) =>
      name === 'revokeSession'
        ? revoke(client, id)
        : client.send('mutation { revokeOtherSessions { revokedCount userErrors { code } } }');
    expect(await end(stolen, ownerId)).toFailWith('STEP_UP_REQUIRED');
    expect(await isSignedIn(owner)).toBe(true);
    expect(await end(owner, stolenId)).toSucceed();
    expect([await isSignedIn(stolen), await isSignedIn(owner)]).toEqual([false, true]);
  },
);

test('revokes sessions without a step-up once the windows of all sessions are closed (R-57)', async () => {
  const user = await newUser(postern);
  const other = await signIn(postern, user);
  postern.clock.advance({ minutes: 11 });
  expect(await revoke(user.client, await currentId(other))).toSucceed();
  expect(await isSignedIn(other)).toBe(false);
});

test('revokes no session for anonymous callers (R-57)', async () => {
  const { client } = await newUser(postern);
  const id = await currentId(client);
  const before = await sessionsInDatabase();
  expect(await revoke(postern.client(), id)).toFailWith('UNAUTHENTICATED');
  expect(await postern.client().send('mutation { revokeOtherSessions { revokedCount } }')).toFailWith(
    'UNAUTHENTICATED',
  );
  expect(await sessionsInDatabase()).toEqual(before);
});

test('revokes only the least recently used session when a user opens the 21st (R-58)', async () => {
  const user = await newUser(postern, 'BEARER');
  const clients = [user.client];
  for (let count = 2; count <= 20; count += 1) {
    postern.clock.advance({ seconds: 61 });
    clients.push(await signIn(postern, user, 'BEARER'));
  }
  postern.clock.advance({ seconds: 61 });
  // The oldest session is used, so the second is the least recently used.
  for (const client of clients) expect(await isSignedIn(client)).toBe(true);
  const [, second, ...rest] = clients;
  for (const client of [user.client, ...rest]) {
    postern.clock.advance({ seconds: 61 });
    expect(await isSignedIn(client)).toBe(true);
  }
  await postern.app.dependencies.background.whenIdle();
  expect(await events(user.username, 'SESSION_REVOKED')).toEqual([]);
  const newest = await signIn(postern, user, 'BEARER');
  expect(await isSignedIn(second!)).toBe(false);
  for (const client of [user.client, ...rest, newest]) expect(await isSignedIn(client)).toBe(true);
  expect(await list(newest)).toHaveLength(20);
  expect(await events(user.username, 'SESSION_REVOKED')).toHaveLength(1);
});

test('revokes never used sessions first, so that a script doesn’t sign out a browser in use (R-58)', async () => {
  const user = await newUser(postern);
  postern.clock.advance({ seconds: 61 });
  expect(await isSignedIn(user.client)).toBe(true);
  await postern.app.dependencies.background.whenIdle();
  for (let count = 0; count < 25; count += 1) {
    postern.clock.advance({ seconds: 1 });
    await signIn(postern, user, 'BEARER');
  }
  expect(await isSignedIn(user.client)).toBe(true);
  expect(await list(user.client)).toHaveLength(20);
});

test('counts the session limit separately for each account (R-58)', async () => {
  const bystander = await newUser(postern);
  const user = await newUser(postern);
  for (let count = 2; count <= 21; count += 1) await signIn(postern, user);
  expect(await isSignedIn(bystander.client)).toBe(true);
  expect(
    await query(
      postern.database,
      'select 1 from sessions s join accounts a on a.id = s.account_id where a.username = ?',
      [user.username],
    ),
  ).toHaveLength(20);
});
