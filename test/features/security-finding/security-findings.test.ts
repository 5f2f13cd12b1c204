import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { getNamedType } from 'graphql';
import { declareSchema } from '../../../src/graphql/schema.js';
import { findSecurityFacts, type SecurityFacts } from '../../../src/features/security-finding/find-security-facts.js';
import { securityFindings } from '../../../src/features/security-finding/security-findings.js';
import { deleteKeys, newCallKeyOf, updateKey } from '../call-key/own-keys.js';
import { newAccessToken, revokeAccessTokens, rotateAccessToken } from '../../support/access-tokens.js';
import { newApiToken, program, resetToken } from '../api-token/own-token.js';
import { accountId } from '../security-event/events.js';
import type { Client } from '../../support/client.js';
import { query } from '../../support/database.js';
import type { MailServer } from '../../support/mail-server.js';
import { bindAddress, newAddress, newUser, signIn, type TestUser } from '../../support/users.js';
import {
  markTwoFactorOn,
  newTwoFactorUser,
  regenerateBackupCodes,
  signInWithFactor,
} from '../../support/two-factor.js';
import type { TestPostern } from '../../support/postern.js';
import { addUnusablePasskeys } from '../../support/passkeys.js';
import { startPosternWithMail } from '../../support/postern-with-mail.js';

let mail: MailServer;
let postern: TestPostern;
beforeAll(async () => {
  ({ mail, postern } = await startPosternWithMail({ SESSION_REMEMBERED_IDLE_HOURS: '72' }));
});
afterAll(() => postern.close());

interface Finding {
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly mutation: string;
}

const find = async (client: Client): Promise<Finding[]> => {
  const answer = await client.send('{ me { securityFindings { code severity message mutation } } }');
  expect(answer.errors).toEqual([]);
  return (answer.data['me'] as { securityFindings: Finding[] }).securityFindings;
};
const codesOf = async (client: Client) => (await find(client)).map(({ code }) => code);

/** Turns two-factor authentication on, with backup codes, and binds an address, which rules out those findings. */
const withSecondFactor = async (user: TestUser): Promise<TestUser> => {
  await query(postern.database, 'update accounts set email = ?, email_key = ? where username = ?', [
    `${user.username}@mail.example`,
    `${user.username}@mail.example`,
    user.username,
  ]);
  await markTwoFactorOn(postern.database, user.username);
  await query(
    postern.database,
    "insert into backup_codes (id, account_id, selector, code_hash, created_at) select gen_random_uuid(), accounts.id, n, 'nothing', now() from accounts, generate_series(1, 4) n where username = ? on conflict do nothing",
    [user.username],
  );
  await addUnusablePasskeys(postern.database, user.username, 1);
  return user;
};

/** A user whose only session is remembered and outlasts the days of a test. */
async function rememberedUser(): Promise<TestUser> {
  const user = await newUser(postern);
  return { ...user, client: await signInRemembered(user) };
}

async function signInRemembered({ username, password }: TestUser): Promise<Client> {
  const client = postern.client();
  const login =
    'mutation ($input: LoginInput!) { login(input: $input) { session { session { id } } userErrors { code } } }';
  expect(await client.send(login, { input: { login: username, password, rememberMe: true } })).toSucceed();
  return client;
}

test('reports missing two-factor authentication as most urgent until it is turned on', async () => {
  const user = await newUser(postern);
  expect((await find(user.client))[0]).toEqual({
    code: 'TWO_FACTOR_OFF',
    severity: 'HIGH',
    message: expect.stringContaining('Turn on two-factor authentication'),
    mutation: 'enableTwoFactor',
  });
  await withSecondFactor(user);
  expect(await find(user.client)).toEqual([]);
});

test('reports three or fewer backup codes until they are regenerated (R-40)', async () => {
  const user = await newTwoFactorUser(postern);
  const few = async (client: Client) => (await find(client)).filter(({ code }) => code === 'FEW_BACKUP_CODES');
  for (const backupCode of user.backupCodes.slice(0, 6)) await signInWithFactor(postern, user, { backupCode });
  expect(await few(user.client)).toEqual([]);
  await signInWithFactor(postern, user, { backupCode: user.backupCodes[6]! });
  expect(await few(user.client)).toEqual([
    {
      code: 'FEW_BACKUP_CODES',
      severity: 'MEDIUM',
      message: expect.stringContaining('few backup codes'),
      mutation: 'regenerateBackupCodes',
    },
  ]);
  expect(await regenerateBackupCodes(user.client, await user.app.nextCode())).toSucceed();
  expect(await few(user.client)).toEqual([]);
});

test('reports a missing email address until one is bound', async () => {
  const user = await newUser(postern);
  expect((await find(user.client)).find(({ code }) => code === 'NO_EMAIL')).toEqual({
    code: 'NO_EMAIL',
    severity: 'MEDIUM',
    message: expect.stringContaining('Add an email address'),
    mutation: 'sendVerificationCode',
  });
  await bindAddress(postern, mail, user, newAddress());
  expect(await codesOf(user.client)).toEqual(['TWO_FACTOR_OFF', 'NO_PASSKEY']);
});

test('reports an API token unused for 90 days until it is reset', async () => {
  const user = await withSecondFactor(await newUser(postern));
  await newApiToken(user.client);
  postern.clock.advance({ days: 90, seconds: -1 });
  const day = await reentered(user);
  expect(await codesOf(day)).toEqual([]);
  postern.clock.advance({ seconds: 1 });
  expect(await find(day)).toEqual([
    {
      code: 'API_TOKEN_UNUSED',
      severity: 'MEDIUM',
      message: expect.stringContaining('90 days'),
      mutation: 'resetApiToken',
    },
  ]);
  expect(await resetToken(day)).toSucceed();
  expect(await codesOf(day)).toEqual([]);
});

test('reports an active call key unused for 90 days until it is deleted', async () => {
  const user = await withSecondFactor(await newUser(postern));
  const [one, two] = [await newCallKeyOf(user.client), await newCallKeyOf(user.client)];
  await query(postern.database, 'update call_keys set last_used_at = ? where hint = ?', [
    new Date(postern.clock.read().getTime() + 1_000),
    two.hint,
  ]);
  postern.clock.advance({ days: 89, hours: 23, minutes: 59, seconds: 59 });
  const day = await reentered(user);
  expect(await codesOf(day)).toEqual([]);
  postern.clock.advance({ seconds: 1 });
  expect(await find(day)).toEqual([
    {
      code: 'CALL_KEY_UNUSED',
      severity: 'MEDIUM',
      message: expect.stringContaining('90 days'),
      mutation: 'deleteCallKeys',
    },
  ]);
  expect(await updateKey(day, { id: one.id, status: 'DISABLED' })).toSucceed();
  expect(await codesOf(day)).toEqual([]);
  postern.clock.advance({ seconds: 1 });
  expect(await codesOf(day)).toEqual(['CALL_KEY_UNUSED']);
  expect(await deleteKeys(day, [two.id])).toSucceed();
  expect(await codesOf(day)).toEqual([]);
});

test('reports an access token that is in use and expires within a week, until it is replaced (R-117)', async () => {
  const user = await withSecondFactor(await newUser(postern));
  const { id } = await newAccessToken(user.client, { name: 'Backup' });
  await newAccessToken(user.client, { name: 'Unused' });
  postern.clock.advance({ days: 22, hours: 23, minutes: 30 });
  await query(postern.database, "update access_tokens set last_used_at = ? where name = 'Backup'", [
    postern.clock.read(),
  ]);
  const day = await reentered(user);
  expect(await codesOf(day)).toEqual([]);
  postern.clock.advance({ minutes: 30 });
  expect(await find(day)).toEqual([
    {
      code: 'ACCESS_TOKEN_EXPIRING',
      severity: 'MEDIUM',
      message: 'Your access token “Backup” is in use and expires within a week. Rotate it so nothing stops.',
      mutation: 'rotateAccessToken',
    },
  ]);
  await query(postern.database, 'update sessions set stepped_up_at = ?', [postern.clock.read()]);
  await rotateAccessToken(day, { id, graceHours: 0 });
  expect(await codesOf(day)).toEqual([]);
});

test('reports an active access token unused for 90 days until it is revoked', async () => {
  const user = await withSecondFactor(await newUser(postern));
  const expiresAt = new Date(postern.clock.read().getTime() + 200 * 86_400_000).toISOString();
  const { id } = await newAccessToken(user.client, { expiresAt });
  postern.clock.advance({ days: 89, hours: 23 });
  const day = await reentered(user);
  expect(await codesOf(day)).toEqual([]);
  postern.clock.advance({ hours: 1 });
  const night = await reentered(user);
  expect(await codesOf(night)).toEqual(['ACCESS_TOKEN_UNUSED']);
  await revokeAccessTokens(night, [id]);
  expect(await codesOf(night)).toEqual([]);
});

/** Signs in a user who has a second factor, without testing that factor. */
async function reentered(user: TestUser): Promise<Client> {
  const id = await accountId(postern.database, user.username);
  const [row] = await query(postern.database, 'delete from two_factors where account_id = ? returning account_id', [
    id,
  ]);
  expect(row).toBeDefined();
  const client = await signIn(postern, user);
  await withSecondFactor(user);
  return client;
}

test('counts the inactivity of an API token from its last use', async () => {
  const user = await withSecondFactor(await newUser(postern));
  const token = await newApiToken(user.client);
  postern.clock.advance({ days: 60 });
  await program(postern, token).send('{ me { id } }');
  await postern.app.dependencies.background.whenIdle();
  postern.clock.advance({ days: 60 });
  expect(await codesOf(await reentered(user))).toEqual([]);
  postern.clock.advance({ days: 30 });
  expect(await codesOf(await reentered(user))).toEqual(['API_TOKEN_UNUSED']);
});

test('reports a remembered session unused for two days until it is revoked', async () => {
  const user = await rememberedUser();
  const forgotten = await signInRemembered(user);
  const codes = async () => (await codesOf(user.client)).filter((code) => code === 'STALE_SESSION');
  postern.clock.advance({ hours: 47 });
  expect(await codes()).toEqual([]);
  postern.clock.advance({ hours: 1 });
  expect((await find(user.client)).at(-1)).toMatchObject({
    code: 'STALE_SESSION',
    severity: 'LOW',
    mutation: 'revokeSession',
  });
  const { data } = await user.client.send('{ me { sessions { id current } } }');
  const { id } = (data['me'].sessions as { id: string; current: boolean }[]).find(({ current }) => !current)!;
  expect(
    await user.client.send(
      'mutation ($input: RevokeSessionInput!) { revokeSession(input: $input) { userErrors { code } } }',
      { input: { sessionId: id } },
    ),
  ).toSucceed();
  expect(await codes()).toEqual([]);
  expect((await forgotten.send('{ me { id } }')).data).toEqual({ me: null });
});

test('reports no finding for the current session, even before its use is recorded', async () => {
  const user = await rememberedUser();
  const id = await accountId(postern.database, user.username);
  const sessions = await query<{ id: string; remembered: boolean }>(
    postern.database,
    'select id, remembered from sessions where account_id = ?',
    [id],
  );
  const current = sessions.find(({ remembered }) => remembered)!.id;
  const now = new Date(postern.clock.read().getTime() + 49 * 60 * 60_000);
  const seen = async (currentSessionId: string | null) =>
    (
      await findSecurityFacts(postern.database.reader, {
        accountIds: [id],
        canBindEmail: true,
        offersPasskeys: true,
        now,
        currentSessionId,
        requestingAccountId: null,
        keys: postern.app.dependencies.keys,
      })
    ).get(id)!.longestUnusedSessions;
  expect(await seen(null)).toHaveLength(1);
  expect(await seen(current)).toEqual([]);
});

test('reports no finding for an expired session', async () => {
  const user = await rememberedUser();
  await signInRemembered(user);
  postern.clock.advance({ hours: 70 });
  await user.client.send('{ me { id } }');
  await postern.app.dependencies.background.whenIdle();
  expect(await codesOf(user.client)).toContain('STALE_SESSION');
  postern.clock.advance({ hours: 3 });
  expect(await codesOf(user.client)).not.toContain('STALE_SESSION');
});

test.each([
  ['zh-CN,zh;q=0.9', /请启用双重认证/],
  ['en', /Turn on two-factor authentication/],
  ['fr', /Turn on two-factor authentication/],
])('translates findings for Accept-Language %s, with English as the fallback', async (language, message) => {
  const { client } = await newUser(postern);
  client.headers['accept-language'] = language;
  expect((await find(client))[0]!.message).toMatch(message);
});

const unused = { accountId: '', id: '', hint: '', createdAt: new Date(0), lastUsedAt: null, lastSeenAt: new Date(0) };
const worst = {
  role: 'USER',
  hasTwoFactor: false,
  hasEmail: false,
  canBindEmail: true,
  lacksPasskey: true,
  hasCommonPassword: true,
  backupCodesLeft: 0,
  apiToken: { ...unused, lastUsedIp: null },
  accessTokens: [
    { ...unused, name: 'unused', expiresAt: new Date('9999-12-31T00:00:00Z') },
    { ...unused, name: 'ending', lastUsedAt: new Date(), expiresAt: new Date() },
  ],
  longestUnusedCallKeys: [{ ...unused, name: 'laptop' }],
  longestUnusedSessions: [{ ...unused, userAgent: null }],
} as unknown as SecurityFacts;

test('sorts findings by urgency, and has a message in both languages for every code', () => {
  const codes = (
    getNamedType(declareSchema().getType('SecurityFindingCode')!) as unknown as { getValues(): { name: string }[] }
  )
    .getValues()
    .map(({ name }) => name);
  const found = securityFindings(worst, 'EN', new Date());
  expect(found.map(({ code }) => code).sort()).toEqual(codes.sort());
  expect(found.map(({ severity }) => severity)).toEqual([
    'HIGH',
    'HIGH',
    'MEDIUM',
    'MEDIUM',
    'MEDIUM',
    'MEDIUM',
    'MEDIUM',
    'MEDIUM',
    'LOW',
    'LOW',
  ]);
  const messages = (['EN', 'ZH'] as const).flatMap((language) =>
    securityFindings(worst, language, new Date()).map(({ message }) => message),
  );
  expect(new Set(messages).size).toBe(2 * codes.length);
});

test('names in each finding a mutation that exists in the schema', () => {
  const mutations = declareSchema().getMutationType()!.getFields();
  expect(
    securityFindings(worst, 'EN', new Date())
      .map(({ mutation }) => mutation)
      .filter((name) => !(name in mutations)),
  ).toEqual([]);
});

test('recommends no email address if this server sends no email', () => {
  const codesWith = (canBindEmail: boolean) =>
    securityFindings({ ...worst, canBindEmail }, 'EN', new Date()).map(({ code }) => code);
  expect(codesWith(true)).toContain('NO_EMAIL');
  expect(codesWith(false)).not.toContain('NO_EMAIL');
});

test('returns no findings for a service account', () => {
  expect(securityFindings({ ...worst, role: 'SERVICE' }, 'EN', new Date())).toEqual([]);
});

test('loads the findings of any number of accounts, with their subjects, with five statements', async () => {
  const administrator = await newUser(postern);
  const users = [await newUser(postern), await newUser(postern), await newUser(postern)];
  await query(postern.database, "update accounts set role = 'ADMIN' where username = ?", [administrator.username]);
  const statementsOf = async (document: string) => {
    postern.statements.forget();
    const answer = await administrator.client.send(document);
    expect(answer.errors).toEqual([]);
    return postern.statements.texts.filter((sql) => !/from "accounts" where "id"/.test(sql)).length;
  };
  for (const { client } of [users[0]!, users[1]!, users[1]!]) await newCallKeyOf(client);
  expect(await statementsOf('{ me { securityFindings { code subject { id } } } }')).toBe(6);
  const nodes = users
    .map(
      ({ id }, number) =>
        `user${number}: node(id: "${id}") { ... on User { securityFindings { code subject { id } } } }`,
    )
    .join(' ');
  expect(await statementsOf(`{ ${nodes} }`)).toBe(6);
});

test('shows findings only to the user and administrators', async () => {
  const [anna, bert] = [await newUser(postern), await newUser(postern)];
  const look = async () =>
    (
      await bert.client.send(
        'query ($id: ID!) { node(id: $id) { ... on User { securityFindings { code } passwordChangedAt } } }',
        { id: anna.id },
      )
    ).data;
  expect(await look()).toEqual({ node: null });
  await query(postern.database, "update accounts set role = 'ADMIN' where username = ?", [bert.username]);
  expect(await look()).toEqual({
    node: {
      securityFindings: [{ code: 'TWO_FACTOR_OFF' }, { code: 'NO_EMAIL' }, { code: 'NO_PASSKEY' }],
      passwordChangedAt: expect.any(String),
    },
  });
  expect(
    await program(postern, await newApiToken(anna.client)).send('{ me { securityFindings { code } } }'),
  ).toFailWith('FORBIDDEN');
});
