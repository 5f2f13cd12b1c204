import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { resetApiToken } from '../../../src/features/api-token/reset-api-token.js';
import { CredentialRevokedError } from '../../../src/rules/authority.js';
import { findViewerBySession } from '../../../src/features/session/find-viewer-by-session.js';
import { stored } from '../sign-in/stored.js';
import { eventsDuring } from '../security-event/events.js';
import { inState } from '../../support/account-states.js';
import type { Client } from '../../support/client.js';
import { query } from '../../support/database.js';
import { newUser, signIn } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { ruleContext } from '../../support/rule-context.js';
import { watchRowsPerStatement } from '../../support/rows-per-statement.js';
import { startBeside } from '../../support/start-beside.js';
import { newApiToken, program, resetToken, viewToken } from './own-token.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

const tokens = () => query(postern.database, 'select * from api_tokens order by account_id');
const hintOf = async (client: Client) =>
  (await client.send('{ me { apiToken { hint createdAt lastUsedAt lastUsedIp } } }')).data['me'];
const whoIs = async (token: string) => {
  const { status, data } = await program(postern, token).send('{ me { username } }');
  return status === 200 ? (data['me'].username as string) : status;
};

test('rejects viewing an API token before it is created, without recording an event (R-64)', async () => {
  const { client } = await newUser(postern);
  expect(await hintOf(client)).toEqual({ apiToken: null });
  const events = await eventsDuring(postern.database, async () =>
    expect(await viewToken(client)).toBeRefusedWith(['API_TOKEN_NOT_SET']),
  );
  expect(events).toEqual([]);
});

test('creates an API token that authenticates its owner, who can view it again (R-62, R-64)', async () => {
  const { client, username } = await newUser(postern);
  const answer = await resetToken(client);
  expect(answer).toSucceed();
  const { token, apiToken } = answer.data.resetApiToken!;
  expect(token).toMatch(/^pat_[0-9A-Za-z]{49}$/);
  expect(apiToken).toEqual({
    hint: token!.slice(-4),
    createdAt: postern.clock.read().toISOString(),
    lastUsedAt: null,
    lastUsedIp: null,
  });
  expect(await whoIs(token!)).toBe(username);
  const viewed = await viewToken(client);
  expect(viewed).toSucceed();
  expect(viewed.data.viewApiToken).toMatchObject({ token, apiToken: { hint: token!.slice(-4) } });
  expect(viewed.headers.get('cache-control')).toBe('no-store');
});

test('replaces the API token on reset, and rejects the old one from the next request on (R-65)', async () => {
  const { client, username } = await newUser(postern);
  const old = await newApiToken(client);
  expect(await whoIs(old)).toBe(username);
  const next = await newApiToken(client);
  expect(next).not.toBe(old);
  expect([await whoIs(old), await whoIs(next)]).toEqual([401, username]);
  expect((await viewToken(client)).data.viewApiToken!.token).toBe(next);
});

test('requires step-up to view or reset an API token, and otherwise changes nothing (R-61, R-64)', async () => {
  const { client, password } = await newUser(postern);
  await newApiToken(client);
  postern.clock.advance({ minutes: 10, seconds: 1 });
  await client.send('{ me { id } }');
  await postern.app.dependencies.background.whenIdle();
  const before = [await tokens(), await stored(postern.database)];
  const events = await eventsDuring(postern.database, async () => {
    for (const ask of [viewToken, resetToken]) {
      const answer = await ask(client);
      expect(answer).toFailWith('STEP_UP_REQUIRED');
      expect(answer.text).not.toContain('pat_');
    }
  });
  expect(events).toEqual([]);
  expect([await tokens(), await stored(postern.database)]).toEqual(before);
  await client.send(
    'mutation ($input: ConfirmIdentityInput!) { confirmIdentity(input: $input) { userErrors { code } } }',
    { input: { password } },
  );
  expect(await viewToken(client)).toSucceed();
});

test('lets no anonymous caller and no API token view or reset an API token (R-62)', async () => {
  const { client } = await newUser(postern);
  const token = await newApiToken(client);
  const before = await tokens();
  for (const ask of [viewToken, resetToken]) {
    expect(await ask(postern.client())).toFailWith('UNAUTHENTICATED');
    expect(await ask(program(postern, token))).toFailWith('FORBIDDEN');
  }
  await postern.app.dependencies.background.whenIdle();
  const unused = (row: Record<string, unknown>) => ({ ...row, last_used_at: null, last_used_ip: null });
  expect((await tokens()).map(unused)).toEqual(before.map(unused));
});

test('keeps the old API token and returns no new one if the event can’t be written (R-86, R-96)', async () => {
  const { client, username } = await newUser(postern);
  const token = await newApiToken(client);
  await query(
    postern.database,
    "create function no_event() returns trigger language plpgsql as $$ begin raise exception 'a fault on purpose'; end $$",
  );
  await query(
    postern.database,
    'create trigger no_event before insert on security_events for each row execute function no_event()',
  );
  try {
    for (const ask of [viewToken, resetToken]) {
      const answer = await ask(client);
      expect(answer).toFailWith('INTERNAL_SERVER_ERROR');
      expect(answer.text).not.toContain('pat_');
    }
  } finally {
    await query(postern.database, 'drop trigger no_event on security_events');
  }
  expect(await whoIs(token)).toBe(username);
});

test.each([
  ['its authVersion was raised', 'update accounts set auth_version = auth_version + 1 where username = ?'],
  ['it was disabled', "update accounts set status = 'DISABLED' where username = ?"],
])(
  'keeps the account’s API token and creates no new one if %s during the reset (R-56, R-65)',
  async (_what, change) => {
    const { client, username } = await newUser(postern, 'BEARER');
    await newApiToken(client);
    const viewer = (await findViewerBySession(postern.database.reader, client.token!, 'BEARER', postern.clock.read()))!;
    await query(postern.database, change, [username]);
    const before = await tokens();
    const events = await eventsDuring(postern.database, () =>
      expect(resetApiToken(ruleContext(postern), viewer)).rejects.toThrow(CredentialRevokedError),
    );
    expect(events).toEqual([]);
    expect(await tokens()).toEqual(before);
  },
);

test('keeps the API token when the password changes (R-50)', async () => {
  const { client, username, password } = await newUser(postern);
  const token = await newApiToken(client);
  const changed = await client.send(
    'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { userErrors { code field } } }',
    { input: { currentPassword: password, newPassword: 'Louder-Lantern-88', confirmPassword: 'Louder-Lantern-88' } },
  );
  expect(changed).toSucceed();
  expect(await whoIs(token)).toBe(username);
  expect((await viewToken(client)).data.viewApiToken!.token).toBe(token);
});

test.each(['DISABLED', 'DELETED'] as const)(
  'rejects an API token while its account is %s, and accepts it afterwards (R-56)',
  async (status) => {
    const { client, username } = await newUser(postern);
    const token = await newApiToken(client);
    const set = (state: keyof typeof inState) =>
      query(postern.database, `update accounts set ${inState[state]} where username = ?`, [username]);
    await set(status);
    expect(await whoIs(token)).toBe(401);
    await set('ACTIVE');
    expect(await whoIs(token)).toBe(username);
  },
);

test('rejects the API token of an account that no longer exists', async () => {
  const { client, username } = await newUser(postern);
  const token = await newApiToken(client);
  await query(postern.database, 'delete from accounts where username = ?', [username]);
  expect(await whoIs(token)).toBe(401);
});

test('records the time and IP address of an API token’s last use at most once a minute (R-64)', async () => {
  const { client } = await newUser(postern);
  const token = await newApiToken(client);
  const use = async (seconds: number) => {
    postern.clock.advance({ seconds });
    await whoIs(token);
    await postern.app.dependencies.background.whenIdle();
    return (await hintOf(client))['apiToken'] as { lastUsedAt: string; lastUsedIp: string };
  };
  const first = await use(1);
  expect(first).toMatchObject({ lastUsedAt: postern.clock.read().toISOString(), lastUsedIp: '127.0.0.1' });
  expect(await use(59)).toEqual(first);
  expect((await use(1)).lastUsedAt).toBe(postern.clock.read().toISOString());
  postern.statements.forget();
  await whoIs(token);
  await postern.app.dependencies.background.whenIdle();
  expect(postern.statements.texts.filter((sql) => /update/i.test(sql))).toEqual([]);
});

test('returns `me` to an API token with one statement (R-62)', async () => {
  const { client, username } = await newUser(postern);
  const token = await newApiToken(client);
  await whoIs(token);
  await postern.app.dependencies.background.whenIdle();
  postern.statements.forget();
  expect(
    (await program(postern, token).send('{ me { id username role status createdAt lastLoginAt } }')).data,
  ).toMatchObject({ me: { username } });
  expect(postern.statements.texts).toHaveLength(1);
});

test('shows an API token’s hint to administrators, but the token only to its owner (R-62, R-76)', async () => {
  const anna = await newUser(postern);
  const bert = await newUser(postern);
  const token = await newApiToken(anna.client);
  await newApiToken(bert.client);
  await query(postern.database, "update accounts set role = 'ADMIN' where username = ?", [bert.username]);
  const look = async () =>
    bert.client.send('query ($id: ID!) { node(id: $id) { ... on User { apiToken { hint } } } }', { id: anna.id });
  const answer = await look();
  expect(answer.data).toEqual({ node: { apiToken: { hint: token.slice(-4) } } });
  expect(answer.text).not.toContain(token.slice(0, -4));
  await query(postern.database, "update accounts set role = 'USER' where username = ?", [bert.username]);
  expect((await look()).data).toEqual({ node: null });
});

test.each(['ADMIN', 'ROOT'])(
  'limits an API token of %s to its owner’s fields, without sessions or other accounts (R-62)',
  async (role) => {
    const owner = await newUser(postern);
    const anna = await newUser(postern);
    await query(postern.database, 'update accounts set role = ? where username = ?', [role, owner.username]);
    const bearer = await signIn(postern, owner, 'BEARER');
    const byToken = program(postern, await newApiToken(bearer));
    const session = (await bearer.send('{ me { sessions { id } } }')).data['me'].sessions[0].id as string;
    const see = 'query ($id: ID!) { node(id: $id) { id } }';
    expect((await bearer.send(see, { id: anna.id })).data).toEqual({ node: { id: anna.id } });
    expect((await bearer.send(see, { id: session })).data).toEqual({ node: { id: session } });
    for (const id of [anna.id, session]) expect((await byToken.send(see, { id })).data).toEqual({ node: null });
    expect((await byToken.send(see, { id: owner.id })).data).toEqual({ node: { id: owner.id } });
    expect((await byToken.send('{ me { username lastLoginAt } }')).data).toMatchObject({
      me: { username: owner.username, lastLoginAt: expect.any(String) },
    });
    for (const field of ['sessions { id }', 'apiToken { hint }'])
      expect(await byToken.send(`{ me { ${field} } }`)).toFailWith('FORBIDDEN');
  },
);

test('allows a SERVICE token `me` and `policy`, but not `node` or public mutations (R-62)', async () => {
  const gateway = await newUser(postern);
  const token = await newApiToken(gateway.client);
  await query(
    postern.database,
    "update accounts set role = 'SERVICE', service_scopes = '{CALL_KEYS}' where username = ?",
    [gateway.username],
  );
  const client = program(postern, token);
  expect((await client.send('{ me { username role } policy { registration } }')).data).toEqual({
    me: { username: gateway.username, role: 'SERVICE' },
    policy: { registration: 'OPEN' },
  });
  expect(await client.send('query ($id: ID!) { node(id: $id) { id } }', { id: gateway.id })).toFailWith('FORBIDDEN');
  expect(await client.send('mutation { logout { userErrors { code } } }')).toFailWith('FORBIDDEN');
});

test('stores API tokens only as hashes when they aren’t viewable, and deletes ciphertexts (R-64)', async () => {
  const anna = await newUser(postern, 'BEARER');
  const bert = await newUser(postern, 'BEARER');
  const kept = await newApiToken(anna.client);
  await query(
    postern.database,
    "insert into accounts (id, username, role, status, created_at) select gen_random_uuid(), 'kept' || n, 'USER', 'ACTIVE', now() from generate_series(1, 1000) n",
  );
  await query(
    postern.database,
    "insert into api_tokens (account_id, token_hash, token_ciphertext, key_id, hint, created_at) select id, username, 'v1.test.a.b.c', 'test', 'hint', now() from accounts where username like 'kept%'",
  );
  const changedConcurrently = await watchRowsPerStatement(postern.database, 'api_tokens', 'update');
  const strict = await startBeside(postern, { API_TOKEN_VIEWABLE: 'false' });
  try {
    await strict.app.dependencies.background.whenIdle();
    expect(Math.max(...(await changedConcurrently()))).toBe(500);
    expect(await query(postern.database, 'select 1 from api_tokens where token_ciphertext is not null')).toEqual([]);
    const unkept = await newApiToken(program(strict, bert.client.token!));
    for (const [token, { client, username }] of [
      [kept, anna],
      [unkept, bert],
    ] as const) {
      expect(await whoIs(token)).toBe(username);
      const viewed = await viewToken(program(strict, client.token!));
      expect(viewed).toSucceed();
      expect(viewed.data.viewApiToken).toMatchObject({ token: null, apiToken: { hint: token.slice(-4) } });
    }
    expect(await query(postern.database, 'select 1 from api_tokens where token_ciphertext is not null')).toEqual([]);
  } finally {
    await strict.close();
  }
});
