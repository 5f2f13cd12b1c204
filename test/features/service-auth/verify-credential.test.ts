import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fromGlobalId } from '../../../src/rules/global-id.js';
import { newAccessToken, programWith, rotateAccessToken } from '../../support/access-tokens.js';
import { query } from '../../support/database.js';
import { graphql } from '../../support/generated/gql.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { newService, type TestService } from '../../support/services.js';
import { startBeside } from '../../support/start-beside.js';
import { newTrustingUser, signInAgain } from '../../support/trusted-browsers.js';
import { newUser } from '../../support/users.js';
import { newUserOfRole } from '../administration/administrators.js';
import { inactive, newApiToken, presentingIp, sessionTokenOf } from './credentials.js';

const VerifyCredential = graphql(`
  query VerifyCredential($credential: String!, $ip: String) {
    verifyCredential(credential: $credential, ip: $ip) {
      active kind userId username role factors scopes authenticatedAt expiresAt
    }
  }
`);

let postern: TestPostern;
let service: TestService;
beforeAll(async () => {
  postern = await startPostern({ TRUSTED_BROWSER_DAYS: '30' });
  service = await newService(postern, ['CREDENTIALS']);
});
afterAll(() => postern.close());

const verify = async (credential: string, ip: string | null = null, { client } = service) =>
  (await client.send(VerifyCredential, { credential, ip })).data.verifyCredential;

const unknown = {
  active: false,
  kind: null,
  userId: null,
  username: null,
  role: null,
  factors: null,
  scopes: null,
  authenticatedAt: null,
  expiresAt: null,
};

const now = () => postern.clock.read();

describe('verifying a session', () => {
  test.each(['COOKIE', 'BEARER'] as const)('returns its user and how they signed in (%s)', async (delivery) => {
    const { client, id, username } = await newUser(postern, delivery);
    const { data } = await client.send('{ me { sessions { expiresAt } } }');
    expect(await verify(sessionTokenOf(client))).toEqual({
      active: true,
      kind: 'SESSION',
      userId: id,
      username,
      role: 'USER',
      factors: ['PASSWORD'],
      scopes: null,
      authenticatedAt: now().toISOString(),
      expiresAt: data['me'].sessions[0].expiresAt,
    });
  });

  test('returns when the user last confirmed their identity', async () => {
    const { client, password } = await newUser(postern, 'BEARER');
    postern.clock.advance({ minutes: 20 });
    const { data } = await client.send(
      `mutation { confirmIdentity(input: { password: "${password}" }) { session { token } } }`,
    );
    const confirmedAt = now().toISOString();
    postern.clock.advance({ minutes: 5 });
    const verified = await verify(data['confirmIdentity'].session.token as string);
    expect(verified!.authenticatedAt).toBe(confirmedAt);
  });

  test('returns no second factor where a trusted browser replaced it (R-111)', async () => {
    const user = await newTrustingUser(postern);
    postern.clock.advance({ minutes: 1 });
    const again = await signInAgain(user);
    expect(await verify(sessionTokenOf(again))).toMatchObject({
      active: true,
      factors: ['PASSWORD'],
      authenticatedAt: now().toISOString(),
    });
  });

  test('returns the effective role: USER while an administrator lacks the required second factor (D-10)', async () => {
    const { client } = await newUserOfRole(postern, 'ADMIN');
    expect((await verify(sessionTokenOf(client)))!.role).toBe('ADMIN');
    const strict = await startBeside(postern, { TWO_FACTOR_REQUIRED_FOR: 'ADMIN,ROOT' });
    const there = { ...service, client: programWith(strict, service.token) };
    expect((await verify(sessionTokenOf(client), null, there))!.role).toBe('USER');
    await strict.close();
  });
});

describe('verifying a token', () => {
  test('returns the owner and the scopes of an API token, and no role', async () => {
    const { client, id, username } = await newUserOfRole(postern, 'ADMIN');
    expect(await verify(await newApiToken(client))).toEqual({
      ...unknown,
      active: true,
      kind: 'API_TOKEN',
      userId: id,
      username,
      scopes: ['ACCOUNT_READ', 'EVENTS_READ', 'KEYS_READ', 'KEYS_WRITE', 'USAGE_READ'],
    });
  });

  test('returns the owner, scopes and end of an access token, and no role', async () => {
    const { client, id, username } = await newUser(postern);
    const { token } = await newAccessToken(client, { scopes: ['KEYS_READ', 'USAGE_READ'] });
    expect(await verify(token)).toEqual({
      ...unknown,
      active: true,
      kind: 'ACCESS_TOKEN',
      userId: id,
      username,
      scopes: ['KEYS_READ', 'USAGE_READ'],
      expiresAt: new Date(now().getTime() + 30 * 86_400_000).toISOString(),
    });
  });

  test('leaves out the scopes for all accounts while the owner lacks the required second factor (R-115)', async () => {
    const { client } = await newUserOfRole(postern, 'ADMIN');
    const { token } = await newAccessToken(client, { scopes: ['USERS_READ', 'KEYS_READ'] });
    expect((await verify(token))!.scopes).toEqual(['USERS_READ', 'KEYS_READ']);
    const strict = await startBeside(postern, { TWO_FACTOR_REQUIRED_FOR: 'ADMIN,ROOT' });
    const there = { ...service, client: programWith(strict, service.token) };
    expect((await verify(token, null, there))!.scopes).toEqual(['KEYS_READ']);
    await strict.close();
  });

  test('leaves out the scopes for all accounts when the owner is demoted (R-115)', async () => {
    const { client, username } = await newUserOfRole(postern, 'ADMIN');
    const { token } = await newAccessToken(client, { scopes: ['USERS_READ', 'KEYS_READ'] });
    await query(postern.database, "update accounts set role = 'USER' where username = ?", [username]);
    expect((await verify(token))!.scopes).toEqual(['KEYS_READ']);
  });

  test('returns the end of the grace period for an old token (R-117)', async () => {
    const { client } = await newUser(postern);
    const { token, id } = await newAccessToken(client);
    await rotateAccessToken(client, { id, graceHours: 2 });
    expect((await verify(token))!.expiresAt).toBe(new Date(now().getTime() + 2 * 3_600_000).toISOString());
    const soon = new Date(now().getTime() + 3_600_000).toISOString();
    const other = await newAccessToken(client);
    await rotateAccessToken(client, { id: other.id, graceHours: 2, expiresAt: soon });
    expect((await verify(other.token))!.expiresAt).toBe(soon);
  });

  test.each([
    ['203.0.113.9', true],
    ['::ffff:203.0.113.9', true],
    ['198.51.100.7', false],
    ['not an address', false],
    [null, false],
  ])('accepts a token that is limited to addresses from %s: %s (R-116)', async (ip, active) => {
    const { client } = await newUser(postern);
    const { token } = await newAccessToken(client, { allowedIps: ['203.0.113.0/24'] });
    expect((await verify(token, ip))!.active).toBe(active);
  });
});

describe('refusing a credential', () => {
  test.each(Object.entries(inactive))('returns only that %s is not active (R-120)', async (_name, make) => {
    const own = await startBeside(postern, { TRUSTED_BROWSER_DAYS: '30' });
    const credential = await make(own);
    await own.close();
    expect(await verify(credential, presentingIp)).toEqual(unknown);
  });

  test('runs the same number of statements for every credential, valid or not (R-120)', async () => {
    const others: string[] = [];
    // One after another: some end every session, and others need one that lives.
    for (const make of Object.values(inactive)) others.push(await make(postern));
    const { client } = await newUser(postern);
    const valid = [sessionTokenOf(client), await newApiToken(client), (await newAccessToken(client)).token];
    const counts = new Set<number>();
    for (const credential of [...valid, ...others, '']) {
      postern.statements.forget();
      expect((await verify(credential, presentingIp))!.active).toBe(valid.includes(credential));
      counts.add(postern.statements.texts.length);
    }
    // The service's token, and the credential.
    expect([...counts]).toEqual([2]);
  });

  test('changes no last use and extends no session', async () => {
    const { client, id } = await newUser(postern);
    const credentials = [sessionTokenOf(client), await newApiToken(client), (await newAccessToken(client)).token];
    const account = fromGlobalId('User', id);
    const rows = async () =>
      Promise.all(
        ['sessions', 'api_tokens', 'access_tokens'].map((table) =>
          query(postern.database, `select * from ${table} where account_id = ?`, [account]),
        ),
      );
    const before = await rows();
    expect(before.map(({ length }) => length)).toEqual([1, 1, 1]);
    postern.clock.advance({ minutes: 10 });
    for (const credential of credentials) expect((await verify(credential))!.active).toBe(true);
    await postern.app.dependencies.background.whenIdle();
    expect(await rows()).toEqual(before);
  });
});

test('rejects callers without the scope CREDENTIALS (R-120)', async () => {
  const { client } = await newUserOfRole(postern, 'ROOT');
  const credential = await newApiToken(client);
  const gateway = await newService(postern, ['CALL_KEYS']);
  const ask = { credential, ip: null };
  expect(await gateway.client.send(VerifyCredential, ask)).toFailWith('FORBIDDEN');
  expect(await programWith(postern, credential).send(VerifyCredential, ask)).toFailWith('FORBIDDEN');
  expect(await client.send(VerifyCredential, ask)).toFailWith('FORBIDDEN');
  expect(await postern.client().send(VerifyCredential, ask)).toFailWith('UNAUTHENTICATED');
});

test('rejects a service with the scope CREDENTIALS at the fields of gateways (R-120)', async () => {
  expect(await service.client.send('{ verifyCallKey(key: "sk-") { valid } }')).toFailWith('FORBIDDEN');
  expect(await service.client.send('mutation { recordUsage(input: { entries: [] }) { recorded } }')).toFailWith(
    'FORBIDDEN',
  );
  expect((await service.client.send('{ me { username role } }')).data['me'].role).toBe('SERVICE');
});
