import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  getNamedType,
  isCompositeType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
} from 'graphql';
import { declareSchema } from '../../src/graphql/schema.js';
import { linkTo } from '../features/account-closure/closure.js';
import { newUserOfRole } from '../features/administration/administrators.js';
import { goodReason as reason } from '../features/administration/actions.js';
import type { Client } from '../support/client.js';
import { codeIn, type MailServer, tokenIn } from '../support/mail-server.js';
import { goodPassword, newAddress, newUsername } from '../support/users.js';
import { newSetupToken } from '../features/sign-up/sign-up-as.js';
import type { TestPostern } from '../support/postern.js';
import { newTrustingUser } from '../support/trusted-browsers.js';
import { localNetworks } from '../support/webhooks.js';
import { startPosternWithMail } from '../support/postern-with-mail.js';
import { call } from '../features/usage/gateway.js';
import { pageOrigin } from '../support/passkeys.js';
import { SoftwareAuthenticator } from '../support/software-authenticator.js';
import { Authenticator } from '../support/two-factor.js';

let mail: MailServer;
let postern: TestPostern;
beforeAll(async () => {
  ({ mail, postern } = await startPosternWithMail({
    TRUSTED_BROWSER_DAYS: '30',
    IDENTITY_AUDIENCES: 'console',
    ...localNetworks,
  }));
});
afterAll(() => postern.close());

const schema = declareSchema();

/** Levels of objects below a root field. With scalars below them this is the maximum depth of an operation. */
const LEVELS = 4;

/** How many nested pages a selection has, because each multiplies the cost. */
const PAGES = 1;

const needsArguments = ({ args }: GraphQLField<unknown, unknown>) =>
  args.some(({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined);
const isPage = (type: GraphQLNamedType) => type.name.endsWith('Connection');

/** All fields of a type that need no arguments. A type nested in itself is omitted. */
function everything(type: GraphQLObjectType, levels = LEVELS, pages = PAGES, within: readonly string[] = []): string {
  const fields = Object.values(type.getFields())
    .filter((field) => !needsArguments(field))
    .map((field) => {
      const of = getNamedType(field.type);
      if (!isCompositeType(of)) return field.name;
      if (levels === 0 || within.includes(of.name) || (isPage(of) && pages === 0) || !isObjectType(of)) return null;
      const below = everything(of, levels - 1, isPage(of) ? pages - 1 : pages, [...within, type.name]);
      return below && `${field.name}${isPage(of) ? '(first: 1)' : ''} { ${below} }`;
    });
  return fields.filter(Boolean).join(' ');
}

const asked = new Set<string>();

/** Selects everything below a root field and expects no errors except missing permissions. */
async function ask(
  client: Client,
  kind: 'query' | 'mutation',
  name: string,
  values: Record<string, unknown> = {},
): Promise<Record<string, any>> {
  const field = (kind === 'query' ? schema.getQueryType() : schema.getMutationType())!.getFields()[name]!;
  const variables = field.args.filter((argument) => argument.name in values);
  const declared = variables.map((argument) => `$${argument.name}: ${String(argument.type)}`).join(', ');
  const given = variables.map((argument) => `${argument.name}: $${argument.name}`).join(', ');
  const type = getNamedType(field.type);
  const below = isObjectType(type) ? everything(type) : '__typename';
  const { data, errors } = await client.send(
    `${kind}${declared && `(${declared})`} { ${name}${given && `(${given})`} { ${below} } }`,
    values,
  );
  asked.add(name);
  const faults = errors.filter(
    ({ extensions }) => !['UNAUTHENTICATED', 'FORBIDDEN', 'STEP_UP_REQUIRED'].includes(String(extensions['code'])),
  );
  expect({ name, faults }).toEqual({ name, faults: [] });
  expect(data?.[name]).not.toBeNull();
  if (kind === 'mutation') expect({ name, userErrors: data[name].userErrors }).toEqual({ name, userErrors: [] });
  return data[name] as Record<string, any>;
}

const change = (client: Client, name: string, input?: Record<string, unknown>) =>
  ask(client, 'mutation', name, input ? { input } : {});

/** Continues with the token in a payload, if any. */
const take = (client: Client, { session }: Record<string, any>): void => {
  if (session?.token) client.token = session.token as string;
};
const newPassword = 'Other-Harbour-72';

async function newcomer(): Promise<{ client: Client; username: string; id: string }> {
  const [client, username] = [postern.client(), newUsername()];
  const { user, session } = await change(client, 'register', {
    username,
    password: goodPassword,
    confirmPassword: goodPassword,
    delivery: 'BEARER',
  });
  client.token = session.token;
  return { client, username, id: user.id };
}

async function loggedIn(
  username: string,
  password = goodPassword,
): Promise<{ client: Client; secondFactor: { challenge: string } | null }> {
  const client = postern.client();
  const payload = await change(client, 'login', { login: username, password, delivery: 'BEARER' });
  take(client, payload);
  return { client, secondFactor: payload['secondFactor'] };
}

test('returns every schema field of sign-up, profile changes, recovery and sign-out', async () => {
  const root = postern.client();
  await change(root, 'completeSetup', {
    setupToken: await newSetupToken(postern),
    username: newUsername(),
    password: goodPassword,
    confirmPassword: goodPassword,
  });
  const { client, username } = await newcomer();
  await ask(client, 'query', 'me');
  await ask(client, 'query', 'policy');
  await change(client, 'setLocale', { locale: 'ZH' });
  await change(client, 'setUsageWarnings', { percentages: [50, 100] });
  const renamed = newUsername();
  await change(client, 'changeUsername', { username: renamed });
  take(
    client,
    await change(client, 'changePassword', {
      currentPassword: goodPassword,
      newPassword,
      confirmPassword: newPassword,
    }),
  );
  take(client, await change(client, 'confirmIdentity', { password: newPassword }));
  const [email, other] = [newAddress(), newAddress()];
  for (const address of [email, other]) {
    postern.clock.advance({ minutes: 1 });
    await change(client, 'sendVerificationCode', { email: address });
    await change(client, 'bindEmail', { email: address, code: codeIn(await mail.mailTo(address)) });
  }
  const notice = await mail
    .until(({ mails }) => mails.some((one) => one.to === email && tokenIn(one) !== ''))
    .then(() => mail.to(email).find((one) => tokenIn(one) !== '')!);
  await change(postern.client(), 'revertEmailChange', { token: tokenIn(notice) });
  await change(postern.client(), 'requestPasswordReset', { email });
  await mail.until(({ mails }) => mails.some((one) => one.to === email && tokenIn(one).startsWith('psr_')));
  await change(postern.client(), 'resetPassword', {
    token: tokenIn(mail.to(email).findLast((one) => tokenIn(one).startsWith('psr_'))!),
    newPassword: goodPassword,
    confirmPassword: goodPassword,
  });
  expect(username).not.toBe(renamed);

  const again = await loggedIn(renamed);
  const second = await loggedIn(renamed);
  const { id } = (await ask(second.client, 'query', 'me')).sessions.find(
    ({ current }: { current: boolean }) => current,
  );
  await change(again.client, 'revokeSession', { sessionId: id });
  await change(again.client, 'revokeOtherSessions');
  take(again.client, await change(again.client, 'revokeEverything', {}));
  await change(again.client, 'logout');

  const leaver = await loggedIn(renamed);
  await change(leaver.client, 'deleteMyAccount', { password: goodPassword });
  const link = await linkTo(mail, email);
  await change(postern.client(), 'cancelAccountDeletion', { token: link });
});

test('returns every schema field of two-factor authentication and the API token', async () => {
  const { client, username } = await newcomer();
  const { enrolment } = await change(client, 'enableTwoFactor');
  const app = new Authenticator(enrolment.secret, postern.clock);
  take(client, await change(client, 'confirmTwoFactor', { code: await app.nextCode() }));
  const { secondFactor } = await loggedIn(username);
  await change(postern.client(), 'verifySecondFactor', {
    challenge: secondFactor!.challenge,
    factor: { totpCode: await app.nextCode() },
  });
  await change(client, 'regenerateBackupCodes', { code: await app.nextCode() });
  await change(client, 'resetApiToken');
  const { token } = await change(client, 'viewApiToken');
  await ask(Object.assign(postern.client(), { token }), 'query', 'me');
  await change(client, 'disableTwoFactor', { factor: { totpCode: await app.nextCode() } });
});

test('returns every schema field of passkeys', async () => {
  const { client, id } = await newcomer();
  const authenticator = new SoftwareAuthenticator(pageOrigin);
  const { options } = await change(client, 'startPasskeyRegistration', { password: goodPassword });
  const added = await change(client, 'registerPasskey', { response: authenticator.register(options) });
  take(client, added);
  await change(client, 'renamePasskey', { id: added['passkey'].id, name: 'Phone' });
  const login = await change(postern.client(), 'startPasskeyLogin');
  await change(postern.client(), 'loginWithPasskey', { response: authenticator.answer(login['options']) });
  const root = (await newUserOfRole(postern, 'ROOT')).client;
  const { resetLink } = await change(root, 'sendUserPasswordReset', { userId: id, reason });
  await change(postern.client(), 'startPasskeyRecovery', { token: resetLink.split('#')[1] });
  const confirmation = await change(client, 'startPasskeyConfirmation');
  take(
    client,
    await change(client, 'confirmIdentity', { factor: { passkey: authenticator.answer(confirmation['options']) } }),
  );
  const proof = await change(client, 'startPasskeyConfirmation');
  const factor = { passkey: authenticator.answer(proof['options']) };
  await change(client, 'deletePasskey', { id: added['passkey'].id, factor });
});

test('returns every schema field of trusted browsers', async () => {
  const user = await newTrustingUser(postern);
  await change(user.browser, 'forgetTrustedBrowsers', {});
});

test('returns every schema field of access tokens', async () => {
  const { client } = await newcomer();
  const { token, accessToken } = await change(client, 'createAccessToken', { name: 'Backup', scopes: ['KEYS_WRITE'] });
  await ask(Object.assign(postern.client(), { token }), 'query', 'accessToken');
  await change(client, 'updateAccessToken', { id: accessToken.id, name: 'CI' });
  await change(client, 'rotateAccessToken', { id: accessToken.id, graceHours: 1 });
  await change(client, 'revokeAccessTokens', { ids: [accessToken.id] });
});

test('returns every schema field of identity tokens', async () => {
  await change((await newcomer()).client, 'issueIdentityToken', { audience: 'console' });
});

test('returns every schema field of call keys, the gateway and usage', async () => {
  const { client, id } = await newcomer();
  const root = (await newUserOfRole(postern, 'ROOT')).client;
  const { callKey, key } = await change(client, 'createCallKey', {
    name: 'a key',
    models: ['m'],
    allowedIps: ['203.0.113.0/24'],
    quota: '100',
    period: 'MONTH',
    periodQuota: '50',
    periodTimeZone: 'Asia/Kolkata',
    requestsPerMinuteLimit: 60,
    tokensPerMinuteLimit: 9_000,
    expiresAt: new Date(postern.clock.read().getTime() + 86_400_000).toISOString(),
  });
  await change(client, 'updateCallKey', { id: callKey.id, name: 'renamed' });
  const { serviceToken } = await change(root, 'createUser', {
    username: newUsername(),
    role: 'SERVICE',
    serviceScopes: ['CALL_KEYS', 'CREDENTIALS'],
    reason,
  });
  const gateway = Object.assign(postern.client(), { token: serviceToken });
  await ask(gateway, 'query', 'verifyCallKey', { key, model: 'm', ip: '203.0.113.7' });
  await ask(gateway, 'query', 'verifyCredential', {
    credential: client.token ?? client.cookies.get('postern_session'),
  });
  await change(gateway, 'recordUsage', {
    entries: [call({ id: callKey.id }, postern.clock.read(), { model: 'm', ip: '203.0.113.7', latencyMs: 12 })],
  });
  await change(client, 'rotateCallKey', { id: callKey.id, graceHours: 1 });
  await change(client, 'endCallKeyGrace', { id: callKey.id });
  for (const name of ['usageLogs', 'usageSummary']) await ask(root, 'query', name, { filter: { userId: id } });
  await ask(root, 'query', 'usageSeries', { interval: 'DAY', timeZone: 'UTC', filter: { userId: id } });
  for (const by of ['CALL_KEY', 'USER'])
    await ask(root, 'query', 'usageBreakdown', { by, first: 5, filter: { userId: id } });
  await ask(client, 'query', 'me');
  await ask(client, 'query', 'node', { id: callKey.id });
  await change(client, 'deleteCallKeys', { ids: [callKey.id] });
});

test('returns every schema field of administration', async () => {
  const root = (await newUserOfRole(postern, 'ROOT')).client;
  const [{ id: userId, client }, service] = [
    await newcomer(),
    await change(root, 'createUser', { username: newUsername(), role: 'SERVICE', reason }),
  ];
  await change(client, 'enableTwoFactor')
    .then(({ enrolment }) => new Authenticator(enrolment.secret, postern.clock).nextCode())
    .then((code) => change(client, 'confirmTwoFactor', { code }));
  await change(root, 'createUser', { username: newUsername(), reason });
  await change(root, 'resetServiceToken', { userId: service.user.id, reason });
  await change(root, 'resetUserTwoFactor', { userId, reason });
  await change(root, 'sendUserPasswordReset', { userId, reason });
  await change(root, 'revokeUserSessions', { userId, reason });
  await change(root, 'setUserRole', { userId, role: 'ADMIN', reason });
  await change(root, 'setUserStatus', { userId, status: 'DISABLED', reason });
  await change(root, 'deleteUser', { userId, reason });
  await change(root, 'restoreUser', { userId, reason });
  for (const name of ['users', 'securityEvents', 'factorAdoption']) await ask(root, 'query', name);
  await ask(root, 'query', 'user', { id: userId });
});

test('returns every schema field of webhooks', async () => {
  const root = (await newUserOfRole(postern, 'ROOT')).client;
  const { webhook } = await change(root, 'createWebhook', { url: 'http://127.0.0.1:9/' });
  const { id } = webhook as { id: string };
  const { delivery } = await change(root, 'testWebhook', { id });
  await change(root, 'redeliverWebhook', { deliveryId: delivery.id });
  await ask(root, 'query', 'webhooks');
  await ask(root, 'query', 'node', { id: delivery.id });
  await change(root, 'rotateWebhookSecret', { id, graceHours: 1 });
  await change(root, 'updateWebhook', { id, status: 'DISABLED' });
  await change(root, 'deleteWebhook', { id });
});

test('tests every field of Query and Mutation', () => {
  const fields = [schema.getQueryType()!, schema.getMutationType()!].flatMap((type) => Object.keys(type.getFields()));
  expect(fields.filter((name) => !asked.has(name))).toEqual([]);
});
