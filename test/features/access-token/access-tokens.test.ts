import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  createAccessToken,
  myAccessTokens,
  newAccessToken,
  ownerOf,
  programWith,
  revokeAccessTokens,
  rotateAccessToken,
  updateAccessToken,
} from '../../support/access-tokens.js';
import { Client } from '../../support/client.js';
import { query } from '../../support/database.js';
import { eventually } from '../../support/eventually.js';
import type { TokenScope } from '../../support/generated/graphql.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { newUser, signIn } from '../../support/users.js';
import { act } from '../administration/actions.js';
import { newUserOfRole } from '../administration/administrators.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern({ TRUSTED_PROXIES: '127.0.0.1' });
});
afterAll(() => postern.close());

const inDays = (days: number) => new Date(postern.clock.read().getTime() + days * 86_400_000);

describe('creating an access token', () => {
  test('returns the token once, with name, scopes, hint and end (R-114)', async () => {
    const { client, username } = await newUser(postern);
    const expiresAt = inDays(7).toISOString();
    const { data } = await createAccessToken(client, {
      name: '  Nightly backup ',
      scopes: ['USAGE_READ', 'KEYS_READ'],
      allowedIps: ['203.0.113.7', '2001:db8::/32'],
      expiresAt,
    });
    const { token, accessToken, userErrors } = data.createAccessToken!;
    expect(userErrors).toEqual([]);
    expect(token).toMatch(/^pac_[0-9A-Za-z]{49}$/);
    expect(accessToken).toMatchObject({
      name: 'Nightly backup',
      hint: token!.slice(-4),
      scopes: ['USAGE_READ', 'KEYS_READ'],
      allowedIps: ['203.0.113.7', '2001:db8::/32'],
      status: 'ACTIVE',
      expiresAt,
      lastUsedAt: null,
      lastUsedIp: null,
      oldTokenValidUntil: null,
    });
    expect(accessToken!.id).toMatch(/^accesstoken_/);
    expect(JSON.stringify(await query(postern.database, 'select * from access_tokens'))).not.toContain(token!);
    expect(await ownerOf(postern, (await newAccessToken(client)).token)).toBe(username);
  });

  test('ends after 30 days if no end is given, or after the maximum if that is less (R-114)', async () => {
    const { client } = await newUser(postern);
    const { data } = await createAccessToken(client);
    expect(data.createAccessToken!.accessToken!.expiresAt).toBe(inDays(30).toISOString());
    const strict = await startPostern({ ACCESS_TOKEN_MAX_DAYS: '7' });
    const other = await createAccessToken((await newUser(strict)).client);
    expect(other.data.createAccessToken!.accessToken!.expiresAt).toBe(
      new Date(strict.clock.read().getTime() + 7 * 86_400_000).toISOString(),
    );
    await strict.close();
  });

  test('reports every fault of a new token together', async () => {
    const { client } = await newUser(postern);
    const input = { name: '', scopes: [], allowedIps: ['x'], expiresAt: inDays(-1).toISOString() };
    const { data } = await createAccessToken(client, input);
    expect(data.createAccessToken!.userErrors.map(({ field }) => field![0])).toEqual([
      'name',
      'allowedIps',
      'scopes',
      'expiresAt',
    ]);
  });

  test('refuses a token without a scope, and creates none (R-115)', async () => {
    const { client } = await newUser(postern);
    expect(await createAccessToken(client, { scopes: [] })).toBeRefusedWith(['SCOPE_NOT_ALLOWED', 'scopes']);
    expect(await myAccessTokens(client)).toEqual([]);
  });

  test.each<[string, object, string, string]>([
    ['with a repeated scope', { scopes: ['KEYS_READ', 'KEYS_READ'] }, 'SCOPE_NOT_ALLOWED', 'scopes'],
    ['with a scope of administrators', { scopes: ['USERS_READ'] }, 'SCOPE_NOT_ALLOWED', 'scopes'],
    ['without a name', { name: '  ' }, 'INVALID_VALUE', 'name'],
    ['with a long name', { name: 'x'.repeat(65) }, 'INVALID_VALUE', 'name'],
    ['with an invalid range', { allowedIps: ['203.0.113.0/33'] }, 'INVALID_VALUE', 'allowedIps'],
  ])('refuses a token %s, and creates none', async (_name, input, code, field) => {
    const { client } = await newUser(postern);
    const { data } = await createAccessToken(client, input);
    expect(data.createAccessToken).toMatchObject({ token: null, userErrors: [{ code }] });
    expect(data.createAccessToken!.userErrors[0]!.field![0]).toBe(field);
    expect(await myAccessTokens(client)).toEqual([]);
  });

  test.each([
    ['in the past', -1],
    ['beyond the maximum', 367],
  ])('refuses an end %s (R-114)', async (_name, days) => {
    const { client } = await newUser(postern);
    const { data } = await createAccessToken(client, { expiresAt: inDays(days).toISOString() });
    expect(data.createAccessToken!.userErrors).toMatchObject([{ code: 'INVALID_VALUE', field: ['expiresAt'] }]);
  });

  test('allows at most 50 active tokens; revoked and expired ones don’t count (R-118)', async () => {
    const { client } = await newUser(postern);
    const { id } = await newAccessToken(client);
    await newAccessToken(client, { expiresAt: inDays(1 / 1_440).toISOString() });
    for (let n = 2; n < 50; n += 1) await newAccessToken(client);
    expect(await createAccessToken(client)).toBeRefusedWith(['ACCESS_TOKEN_LIMIT']);
    await revokeAccessTokens(client, [id]);
    await newAccessToken(client);
    postern.clock.advance({ minutes: 2 });
    await newAccessToken(client);
  });

  test('lets an administrator create a token that reads users, events and usage (R-115)', async () => {
    const { client } = await newUserOfRole(postern, 'ADMIN');
    const scopes = ['USERS_READ', 'ALL_EVENTS_READ', 'ALL_USAGE_READ'] as const;
    const program = programWith(postern, (await newAccessToken(client, { scopes: [...scopes] })).token);
    const { data, errors } = await program.send(
      '{ users(first: 1) { edges { node { email } } } securityEvents(first: 1) { edges { node { type } } } usageLogs(first: 1) { edges { node { model } } } }',
    );
    expect(errors).toEqual([]);
    expect(data['users'].edges).toHaveLength(1);
  });

  test('rejects anonymous callers, tokens and sessions outside their step-up window (R-115)', async () => {
    const { client } = await newUser(postern);
    const { token } = await newAccessToken(client, { scopes: ['ACCOUNT_READ', 'KEYS_WRITE'] });
    expect(await createAccessToken(postern.client())).toFailWith('UNAUTHENTICATED');
    expect(await createAccessToken(programWith(postern, token))).toFailWith('FORBIDDEN');
    postern.clock.advance({ minutes: 11 });
    expect(await createAccessToken(client)).toFailWith('STEP_UP_REQUIRED');
    expect(await myAccessTokens(client)).toHaveLength(1);
  });
});

describe('using an access token', () => {
  const email = '{ me { username email } }';

  test('reaches the fields of its scopes, and no others (R-115)', async () => {
    const { client, username } = await newUser(postern);
    const program = programWith(postern, (await newAccessToken(client, { scopes: ['KEYS_READ'] })).token);
    expect((await program.send('{ me { username callKeys { totalCount } } }')).data).toEqual({
      me: { username, callKeys: { totalCount: 0 } },
    });
    const denied = await program.send(email);
    expect(denied.data).toEqual({ me: { username, email: null } });
    expect(denied).toFailWith('FORBIDDEN');
    const create = 'mutation { createCallKey(input: { name: "key" }) { key } }';
    expect(await program.send(create)).toFailWith('FORBIDDEN');
    const writer = programWith(postern, (await newAccessToken(client, { scopes: ['KEYS_WRITE'] })).token);
    expect((await writer.send(create)).data['createCallKey'].key).toMatch(/^sk-/);
  });

  test('tells a program its scopes and its end, and nothing about the API token', async () => {
    const { client } = await newUser(postern);
    const { token, id } = await newAccessToken(client, { scopes: ['KEYS_READ'] });
    const ask = '{ accessToken { id scopes expiresAt } }';
    expect((await programWith(postern, token).send(ask)).data).toEqual({
      accessToken: { id, scopes: ['KEYS_READ'], expiresAt: inDays(30).toISOString() },
    });
    const { data } = await client.send('mutation { resetApiToken { token } }');
    expect((await programWith(postern, data['resetApiToken'].token).send(ask)).data).toEqual({ accessToken: null });
    expect(await client.send(ask)).toFailWith('FORBIDDEN');
  });

  test('records when and from where it was last used', async () => {
    const { client } = await newUser(postern);
    await ownerOf(postern, (await newAccessToken(client)).token);
    await eventually(async () => (await myAccessTokens(client))![0]!.lastUsedAt !== null, 'the use is recorded');
    expect(await myAccessTokens(client)).toMatchObject([
      { lastUsedAt: postern.clock.read().toISOString(), lastUsedIp: '127.0.0.1' },
    ]);
  });

  test('is rejected at its end (R-114)', async () => {
    const user = await newUser(postern);
    const { token } = await newAccessToken(user.client, { expiresAt: inDays(1 / 24).toISOString() });
    postern.clock.advance({ minutes: 59 });
    expect(await ownerOf(postern, token)).toBe(user.username);
    postern.clock.advance({ minutes: 1 });
    expect(await ownerOf(postern, token)).toBeNull();
    expect(await myAccessTokens(await signIn(postern, user))).toMatchObject([{ status: 'EXPIRED' }]);
    postern.clock.advance({ days: 90 });
    expect(await myAccessTokens(await signIn(postern, user))).toEqual([]);
  });

  test.each([
    ['an address of the range', '203.0.113.9', true],
    ['an IPv6 address of the range', '2001:db8::9', true],
    ['another address', '198.51.100.1', false],
  ])('is used from %s (R-116)', async (_name, ip, isAllowed) => {
    const { client } = await newUser(postern);
    const { token } = await newAccessToken(client, { allowedIps: ['203.0.113.0/24', '2001:db8::/32'] });
    const program = Object.assign(new Client(postern.url, { 'x-forwarded-for': ip }), { token });
    const { status } = await program.send('{ me { username } }');
    expect(status).toBe(isAllowed ? 200 : 401);
  });

  test('is rejected while its owner is disabled, and works again afterwards (R-115)', async () => {
    const [user, root] = [await newUser(postern), await newUserOfRole(postern, 'ROOT')];
    const { token } = await newAccessToken(user.client);
    await act(root.client, 'setUserStatus', { userId: user.id, status: 'DISABLED' });
    expect(await ownerOf(postern, token)).toBeNull();
    await act(root.client, 'setUserStatus', { userId: user.id, status: 'ACTIVE' });
    expect(await ownerOf(postern, token)).toBe(user.username);
  });

  test('loses administration immediately with the role, and is revoked if a scope needs it (R-115)', async () => {
    const [admin, root] = [await newUserOfRole(postern, 'ADMIN'), await newUserOfRole(postern, 'ROOT')];
    const reader = await newAccessToken(admin.client, { scopes: ['USERS_READ'] });
    const own = await newAccessToken(admin.client);
    await act(root.client, 'setUserRole', { userId: admin.id, role: 'USER' });
    expect([await ownerOf(postern, reader.token), await ownerOf(postern, own.token)]).toEqual([null, admin.username]);
  });

  test('answers TWO_FACTOR_REQUIRED in administration while the required second factor is missing (R-115)', async () => {
    const strict = await startPostern({ TWO_FACTOR_REQUIRED_FOR: 'ADMIN' });
    const { client } = await newUserOfRole(strict, 'ADMIN');
    const program = programWith(strict, (await newAccessToken(client, { scopes: ['USERS_READ'] })).token);
    expect(await program.send('{ users { totalCount } }')).toFailWith('TWO_FACTOR_REQUIRED');
    await strict.close();
  });

  test('reads no own data by an administrator’s scope while the required second factor is missing (R-115)', async () => {
    const strict = await startPostern({ TWO_FACTOR_REQUIRED_FOR: 'ADMIN' });
    const { client } = await newUserOfRole(strict, 'ADMIN');
    const programOf = async (...scopes: TokenScope[]) =>
      programWith(strict, (await newAccessToken(client, { scopes })).token);
    const own = '{ me { lastLoginAt securityEvents(first: 1) { edges { cursor } } } }';
    const administrator = await programOf('USERS_READ', 'ALL_EVENTS_READ');
    const { data, errors } = await administrator.send(own);
    expect(data).toEqual({ me: { lastLoginAt: null, securityEvents: null } });
    expect(errors.map(({ extensions }) => extensions?.['code'])).toEqual([
      'TWO_FACTOR_REQUIRED',
      'TWO_FACTOR_REQUIRED',
    ]);
    const user = await programOf('ACCOUNT_READ', 'USERS_READ', 'EVENTS_READ');
    expect((await user.send(own)).errors).toEqual([]);
    await strict.close();
  });

  test('stays when the password is changed, as the API token does', async () => {
    const { client, username, password } = await newUser(postern);
    const { token } = await newAccessToken(client);
    await client.send(
      'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { userErrors { code } } }',
      {
        input: { currentPassword: password, newPassword: 'Louder-Lantern-88', confirmPassword: 'Louder-Lantern-88' },
      },
    );
    expect(await ownerOf(postern, token)).toBe(username);
  });

  test('names the access token in the events of what it did, also after it ended (R-118)', async () => {
    const { client } = await newUser(postern);
    const { token, id } = await newAccessToken(client, { scopes: ['KEYS_WRITE'] });
    await programWith(postern, token).send('mutation { createCallKey(input: { name: "key" }) { key } }');
    await revokeAccessTokens(client, [id]);
    const { data } = await client.send(
      'query ($id: ID!) { me { securityEvents(filter: { accessTokenId: $id }) { edges { node { type accessToken { id status } } } } } }',
      { id },
    );
    expect(data['me'].securityEvents.edges).toEqual([
      { node: { type: 'CALL_KEY_CREATED', accessToken: { id, status: 'REVOKED' } } },
    ]);
  });

  test('finds through node what its scopes reach (R-115)', async () => {
    const { client, id } = await newUser(postern);
    const { data } = await client.send('mutation { createCallKey(input: { name: "key" }) { callKey { id } } }');
    const keyId = data['createCallKey'].callKey.id as string;
    const ask = 'query ($id: ID!) { node(id: $id) { id } }';
    const without = programWith(postern, (await newAccessToken(client)).token);
    const withScope = programWith(postern, (await newAccessToken(client, { scopes: ['KEYS_READ'] })).token);
    expect((await without.send(ask, { id: keyId })).data).toEqual({ node: null });
    expect((await withScope.send(ask, { id: keyId })).data).toEqual({ node: { id: keyId } });
    expect((await without.send(ask, { id })).data).toEqual({ node: { id } });
  });
});

describe('changing access tokens', () => {
  test('changes name and addresses; what is not given stays', async () => {
    const { client } = await newUser(postern);
    const { id } = await newAccessToken(client, { allowedIps: ['203.0.113.0/24'] });
    expect((await updateAccessToken(client, { id, name: 'CI' })).data.updateAccessToken).toEqual({
      accessToken: { id, name: 'CI', allowedIps: ['203.0.113.0/24'] },
      userErrors: [],
    });
    expect((await updateAccessToken(client, { id, allowedIps: null })).data.updateAccessToken).toMatchObject({
      accessToken: { name: 'CI', allowedIps: [] },
    });
  });

  test('replaces a token; the old one works until its grace period ends (R-117)', async () => {
    const { client, username } = await newUser(postern);
    const old = await newAccessToken(client);
    const { data } = await rotateAccessToken(client, { id: old.id, graceHours: 2 });
    const { token, accessToken } = data.rotateAccessToken!;
    expect(accessToken).toMatchObject({
      hint: token!.slice(-4),
      oldTokenValidUntil: inDays(2 / 24).toISOString(),
      expiresAt: inDays(30).toISOString(),
    });
    expect([await ownerOf(postern, old.token), await ownerOf(postern, token!)]).toEqual([username, username]);
    postern.clock.advance({ hours: 2 });
    expect([await ownerOf(postern, old.token), await ownerOf(postern, token!)]).toEqual([null, username]);
  });

  test('ends the old token immediately without a grace period, and never after its own end (R-117)', async () => {
    const { client } = await newUser(postern);
    const old = await newAccessToken(client);
    await rotateAccessToken(client, { id: old.id, graceHours: 0 });
    expect(await ownerOf(postern, old.token)).toBeNull();
    const short = await newAccessToken(client, { expiresAt: inDays(1 / 24).toISOString() });
    const { data } = await rotateAccessToken(client, {
      id: short.id,
      graceHours: 168,
      expiresAt: inDays(9).toISOString(),
    });
    expect(data.rotateAccessToken!.accessToken!.oldTokenValidUntil).toBe(inDays(1 / 24).toISOString());
  });

  test.each([-1, 169])('refuses a grace period of %i hours', async (graceHours) => {
    const { client, username } = await newUser(postern);
    const old = await newAccessToken(client);
    const { data } = await rotateAccessToken(client, { id: old.id, graceHours });
    expect(data.rotateAccessToken!.userErrors).toEqual([{ code: 'INVALID_VALUE', field: ['graceHours'] }]);
    expect(await ownerOf(postern, old.token)).toBe(username);
  });

  test('revokes tokens immediately, and ignores unknown IDs and those of others (R-114)', async () => {
    const [user, other] = [await newUser(postern), await newUser(postern)];
    const [one, kept, foreign] = [
      await newAccessToken(user.client),
      await newAccessToken(user.client),
      await newAccessToken(other.client),
    ];
    const { data } = await revokeAccessTokens(user.client, [one.id, foreign.id, 'accesstoken_x']);
    expect(data.revokeAccessTokens).toEqual({ revokedIds: [one.id], userErrors: [] });
    expect(await Promise.all([one, kept, foreign].map(({ token }) => ownerOf(postern, token)))).toEqual([
      null,
      user.username,
      other.username,
    ]);
    expect(await myAccessTokens(user.client)).toHaveLength(1);
  });

  test('answers NOT_FOUND to unknown, revoked and expired tokens, and to those of others', async () => {
    const [{ client }, other] = [await newUser(postern), await newUser(postern)];
    const [revoked, expired, foreign] = [
      await newAccessToken(client),
      await newAccessToken(client, { expiresAt: inDays(1 / 1_440).toISOString() }),
      await newAccessToken(other.client),
    ];
    await revokeAccessTokens(client, [revoked.id]);
    postern.clock.advance({ minutes: 1 });
    for (const id of [revoked.id, expired.id, foreign.id, 'accesstoken_x']) {
      expect((await updateAccessToken(client, { id, name: 'CI' })).data.updateAccessToken!.userErrors).toEqual([
        { code: 'NOT_FOUND', field: ['id'] },
      ]);
      expect((await rotateAccessToken(client, { id, graceHours: 0 })).data.rotateAccessToken!.userErrors).toEqual([
        { code: 'NOT_FOUND', field: ['id'] },
      ]);
    }
    expect((await revokeAccessTokens(client, [foreign.id])).data.revokeAccessTokens!.userErrors).toEqual([
      { code: 'NOT_FOUND', field: ['ids'] },
    ]);
    expect(await ownerOf(postern, foreign.token)).toBe(other.username);
  });
});

test('ends API token, access tokens and trust when an administrator revokes them with the sessions', async () => {
  const [user, root] = [await newUser(postern), await newUserOfRole(postern, 'ROOT')];
  const { token } = await newAccessToken(user.client);
  const { data } = await user.client.send('mutation { resetApiToken { token } }');
  const apiToken = data['resetApiToken'].token as string;
  await act(root.client, 'revokeUserSessions', { userId: user.id });
  expect([await ownerOf(postern, token), await ownerOf(postern, apiToken)]).toEqual([user.username, user.username]);
  await act(root.client, 'revokeUserSessions', { userId: user.id, tokens: true });
  expect([await ownerOf(postern, token), await ownerOf(postern, apiToken)]).toEqual([null, null]);
});
