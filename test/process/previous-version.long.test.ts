import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client } from '../support/client.js';
import { openRaceDatabase, type RaceDatabase } from '../support/race-database.js';
import { cleanUp, runCommand, startServer, type ServerProcess, type TestProcess } from '../support/server-process.js';
import { totpCode } from '../support/two-factor.js';
import { goodPassword } from '../support/users.js';
import { buildPreviousVersion, launchPreviousVersion } from './previous-version.js';

/** Where a request goes: the server of the previous version, or that of this one. */
type Side = 'previous' | 'this';

/** Each of them, with the other. */
const sides: readonly [Side, Side][] = [
  ['previous', 'this'],
  ['this', 'previous'],
];

let database: RaceDatabase;
let folder: string;
let previous: TestProcess;
let current: ServerProcess;
const urls = { previous: '', this: '' };
let users = 0;

beforeAll(async () => {
  database = await openRaceDatabase({ empty: true });
  folder = buildPreviousVersion();
  previous = launchPreviousVersion(folder, database.url);
  await previous.until(({ lines }) => lines.some(({ msg }) => msg === 'Postern is ready'));
  urls.previous = String(previous.lines.find(({ msg }) => msg === 'Postern is ready')!['graphql']).split(
    '/graphql',
  )[0]!;
}, 300_000);
afterAll(async () => {
  await cleanUp();
  await database.drop();
});

/** Sends an operation that both versions know, and expects it to succeed. */
async function send(side: Side, token: string | null, text: string, input: object = {}) {
  const client = Object.assign(new Client(urls[side]), { token });
  const { data, errors } = await client.send(text, { input });
  expect(errors).toEqual([]);
  const [answer] = Object.values(data) as Record<string, any>[];
  expect(answer?.['userErrors'] ?? []).toEqual([]);
  return answer!;
}

const me = (side: Side, token: string) =>
  Object.assign(new Client(urls[side]), { token })
    .send('{ me { username twoFactor { enabled } } }')
    .then(({ data }) => (data?.['me'] ?? null) as { username: string; twoFactor: { enabled: boolean } } | null);

const signIn =
  'mutation ($input: LoginInput!) { login(input: $input) { session { token } secondFactor { challenge } userErrors { code } } }';

async function newUser(side: Side) {
  const username = `citizen-${(users += 1)}`;
  const text =
    'mutation ($input: RegisterInput!) { register(input: $input) { session { token } userErrors { code } } }';
  const input = { username, password: goodPassword, confirmPassword: goodPassword, delivery: 'BEARER' };
  const { session } = await send(side, null, text, input);
  return { username, token: session.token as string };
}

test('migrates the database of a running server of the previous version', async () => {
  const user = await newUser('previous');
  current = await startServer({ DATABASE_URL: database.url });
  urls.this = current.url;
  expect(await me('this', user.token)).toMatchObject({ username: user.username });
  expect((await fetch(`${urls.previous}/readyz`)).status).toBe(200);
});

test.each(sides)('knows the sessions of %s at %s until they end', async (one, other) => {
  const { username, token } = await newUser(one);
  expect(await me(other, token)).toMatchObject({ username });
  await send(other, token, 'mutation { logout { userErrors { code } } }');
  expect(await me(one, token)).toBeNull();
});

test.each(sides)('ends a session of %s when the password is changed at %s', async (one, other) => {
  const { username, token } = await newUser(one);
  const { session } = await send(other, null, signIn, { login: username, password: goodPassword, delivery: 'BEARER' });
  const text = 'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { userErrors { code } } }';
  const newPassword = `${goodPassword}, changed`;
  await send(other, session.token, text, { currentPassword: goodPassword, newPassword, confirmPassword: newPassword });
  expect(await me(one, token)).toBeNull();
  const again = await send(one, null, signIn, { login: username, password: newPassword, delivery: 'BEARER' });
  expect(await me(other, again.session.token)).toMatchObject({ username });
});

test.each(sides)('asks at %s for the authenticator app that was set up at %s', async (one, other) => {
  const { username, token } = await newUser(other);
  const started = await send(
    other,
    token,
    'mutation ($input: EnableTwoFactorInput) { enableTwoFactor(input: $input) { enrolment { secret } userErrors { code } } }',
    { password: goodPassword },
  );
  const { secret } = started.enrolment as { secret: string };
  const confirm =
    'mutation ($input: ConfirmTwoFactorInput!) { confirmTwoFactor(input: $input) { backupCodes userErrors { code } } }';
  const { backupCodes } = await send(other, token, confirm, { code: await totpCode(secret, new Date()) });
  const verify =
    'mutation ($input: VerifySecondFactorInput!) { verifySecondFactor(input: $input) { session { token } userErrors { code } } }';
  for (const factor of [
    { totpCode: await totpCode(secret, new Date(Date.now() + 30_000)) },
    { backupCode: backupCodes[0] },
  ]) {
    const { secondFactor } = await send(one, null, signIn, {
      login: username,
      password: goodPassword,
      delivery: 'BEARER',
    });
    const { session } = await send(one, null, verify, { challenge: secondFactor.challenge, factor });
    expect(await me(other, session.token)).toMatchObject({ username, twoFactor: { enabled: true } });
  }
});

test.each(sides)('verifies at %s a key of %s and charges it at both', async (one, other) => {
  const { token } = await newUser(other);
  const create =
    'mutation ($input: CreateCallKeyInput!) { createCallKey(input: $input) { key callKey { id } userErrors { code } } }';
  const { key, callKey } = await send(other, token, create, { name: 'a key', quota: 100 });
  const service = await runCommand(['service', 'create', '--username', `gateway-${one}`, '--json'], {
    DATABASE_URL: database.url,
  });
  const gateway = (JSON.parse(service.stdout) as { token: string }).token;
  const verified = await Object.assign(new Client(urls[one]), { token: gateway }).send(
    'query ($key: String!) { verifyCallKey(key: $key) { valid callKey { id } } }',
    { key },
  );
  expect(verified.data['verifyCallKey']).toEqual({ valid: true, callKey: { id: callKey.id } });
  const report = 'mutation ($input: RecordUsageInput!) { recordUsage(input: $input) { recorded userErrors { code } } }';
  for (const side of [one, other]) {
    const call = {
      callKeyId: callKey.id,
      at: new Date().toISOString(),
      type: 'CONSUME',
      model: 'model',
      promptTokens: 1,
      completionTokens: 1,
      quota: 30,
      requestId: `${side} ${one}`,
    };
    expect(await send(side, gateway, report, { entries: [call] })).toMatchObject({ recorded: 1 });
  }
  for (const side of [one, other]) {
    const { usageSummary, callKeys } = await send(
      side,
      token,
      '{ me { usageSummary { requests quota } callKeys { edges { node { quotaLeft quotaUsed } } } } }',
    );
    expect(usageSummary).toEqual({ requests: 2, quota: 60 });
    expect(callKeys.edges).toEqual([{ node: { quotaLeft: 40, quotaUsed: 60 } }]);
  }
});

test('has the events of both versions in one sealed history, and logs no fault at either', async () => {
  const settings = { DATABASE_URL: database.url };
  expect(await runCommand(['events', 'seal'], settings)).toMatchObject({ code: 0 });
  expect(await runCommand(['events', 'verify'], settings)).toMatchObject({ code: 0 });
  for (const { lines } of [previous, current.process])
    expect(lines.filter(({ level }) => Number(level) >= 50)).toEqual([]);
});

test('refuses a start of the previous version on the newer database', async () => {
  const { code, stderr } = await launchPreviousVersion(folder, database.url).ended;
  expect([code, stderr]).toEqual([1, expect.stringContaining('newer')]);
});
