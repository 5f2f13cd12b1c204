import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newAccessToken, programWith } from '../../support/access-tokens.js';
import { everyStoredForm } from '../../support/every-secret.js';
import { errorOf, exportAs, recordsOf } from '../../support/exports.js';
import type { MailServer } from '../../support/mail-server.js';
import { addPasskey } from '../../support/passkeys.js';
import type { TestPostern } from '../../support/postern.js';
import { startPosternWithMail } from '../../support/postern-with-mail.js';
import { newTrustingUser } from '../../support/trusted-browsers.js';
import { bindAddress, newAddress, newUser } from '../../support/users.js';
import { newUserOfRole } from '../administration/administrators.js';
import { act, goodReason } from '../administration/actions.js';
import { newApiToken, program } from '../api-token/own-token.js';
import { newCallKeyOf } from '../call-key/own-keys.js';
import { accountId, eventsDuring } from '../security-event/events.js';
import { call, newCallKey, newGateway, report } from '../usage/gateway.js';

let postern: TestPostern;
let mail: MailServer;
beforeAll(async () => {
  ({ postern, mail } = await startPosternWithMail({ TRUSTED_BROWSER_DAYS: '30' }));
});
afterAll(() => postern.close());

const ofType = (records: readonly Record<string, unknown>[], type: string) =>
  records.filter((record) => record['type'] === type);

test('exports everything of the account, as JSON lines with their types', async () => {
  const user = await newTrustingUser(postern);
  const { browser } = user;
  const { token, id: accessTokenId } = await newAccessToken(browser, { name: 'Backup' });
  const apiToken = await newApiToken(browser);
  const { id: callKeyId } = await newCallKeyOf(browser);
  const key = await newCallKey(postern, user);
  const log = call(key, new Date(postern.clock.read().getTime() - 1_000));
  await report(await newGateway(postern), [log]);

  const answer = await exportAs(browser, 'account');
  expect(answer.status).toBe(200);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'application/jsonl; charset=utf-8',
    'content-disposition': expect.stringMatching(/^attachment; filename="postern-account-\d{4}-\d\d-\d\d\.jsonl"$/),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  const records = recordsOf(answer);
  expect(ofType(records, 'profile')).toMatchObject([
    {
      id: user.id,
      username: user.username,
      role: 'USER',
      status: 'ACTIVE',
      email: null,
      usageWarnings: [80, 100],
      passwordChangedAt: expect.any(String),
      twoFactor: { enabled: true, backupCodesLeft: 10, factors: ['TOTP', 'BACKUP_CODE'] },
    },
  ]);
  expect(ofType(records, 'trustedBrowser')).toMatchObject([{ id: expect.stringMatching(/^browser_/), device: 'node' }]);
  expect(ofType(records, 'session').length).toBeGreaterThan(0);
  expect(ofType(records, 'apiToken')).toMatchObject([{ hint: apiToken.slice(-4), lastUsedAt: null }]);
  expect(ofType(records, 'accessToken')).toMatchObject([
    { id: accessTokenId, name: 'Backup', hint: token.slice(-4), scopes: ['ACCOUNT_READ'], status: 'ACTIVE' },
  ]);
  expect(ofType(records, 'callKey').map(({ id }) => id)).toEqual([key.id, callKeyId]);
  expect(ofType(records, 'usageLog')).toMatchObject([{ usageType: 'CONSUME', requestId: log.requestId, quota: 3 }]);
  expect(ofType(records, 'event').map(({ eventType }) => eventType)).toEqual(
    expect.arrayContaining(['REGISTERED', 'TWO_FACTOR_ENABLED', 'BROWSER_TRUSTED', 'API_TOKEN_RESET']),
  );
  expect(new Set(records.map(({ type }) => type))).toEqual(
    new Set(['profile', 'session', 'trustedBrowser', 'apiToken', 'accessToken', 'callKey', 'event', 'usageLog']),
  );
});

test('exports passkeys with their names and no key', async () => {
  const { client } = await addPasskey(await newUser(postern));
  const [passkey] = ofType(recordsOf(await exportAs(client, 'account')), 'passkey');
  expect(passkey).toEqual({
    type: 'passkey',
    id: expect.stringMatching(/^passkey_/),
    name: expect.any(String),
    createdAt: expect.any(String),
    lastUsedAt: null,
    synced: expect.any(Boolean),
    provider: null,
    credentialId: expect.any(String),
    signsIn: expect.any(Boolean),
  });
});

test('contains no secret in any form (R-138)', async () => {
  const user = await newTrustingUser(postern);
  const { browser: client } = user;
  const address = newAddress();
  await bindAddress(postern, mail, { client }, address);
  const tokens = [(await newAccessToken(client)).token, await newApiToken(client), ...client.cookies.values()];
  await newCallKeyOf(client);
  const { text } = await exportAs(client, 'account');
  expect(text).toContain(address);
  const stored = await everyStoredForm(postern);
  expect(stored.length).toBeGreaterThan(10);
  for (const secret of [...tokens, ...stored, user.password, ...user.backupCodes]) expect(text).not.toContain(secret);
});

test('contains no data of others, and not the address of an administrator who acted (R-138)', async () => {
  const [admin, user, other] = [await newUserOfRole(postern, 'ADMIN'), await newUser(postern), await newUser(postern)];
  await newCallKeyOf(other.client);
  await act(admin.client, 'revokeUserSessions', { userId: other.id });
  await act(admin.client, 'sendUserPasswordReset', { userId: user.id });
  const records = recordsOf(await exportAs(user.client, 'account'));
  const byAdmin = records.filter(({ actorId }) => actorId === admin.id);
  expect(byAdmin).toMatchObject([{ reason: goodReason, ip: null, device: null }]);
  const text = JSON.stringify(records);
  for (const foreign of [other.id, other.username, admin.username]) expect(text).not.toContain(foreign);
});

test('records and mails the export of the account, and records that of all accounts (R-138)', async () => {
  const user = await newUser(postern);
  const address = newAddress();
  await bindAddress(postern, mail, user, address);
  const account = await accountId(postern.database, user.username);
  const events = await eventsDuring(postern.database, () => exportAs(user.client, 'account'));
  expect(events).toMatchObject([
    { type: 'DATA_EXPORTED', outcome: 'SUCCESS', account_id: account, actor_id: account, detail: 'ACCOUNT' },
  ]);
  await mail.until(() => mail.to(address).some(({ subject }) => subject === 'Your data was exported'));
  expect(await eventsDuring(postern.database, () => exportAs(user.client, 'usage?format=csv'))).toEqual([]);

  const admin = await newUserOfRole(postern, 'ADMIN');
  const adminAddress = newAddress();
  await bindAddress(postern, mail, admin, adminAddress);
  for (const [path, detail] of [
    ['usage?format=csv&all=true', 'ALL_USAGE'],
    ['events?format=csv&all=true', 'ALL_EVENTS'],
  ] as const)
    expect(await eventsDuring(postern.database, () => exportAs(admin.client, path))).toMatchObject([
      { type: 'DATA_EXPORTED', account_id: await accountId(postern.database, admin.username), detail },
    ]);
  await exportAs(admin.client, 'account');
  await mail.until(() => mail.to(adminAddress).some(({ subject }) => subject === 'Your data was exported'));
  expect(mail.to(adminAddress).filter(({ subject }) => subject === 'Your data was exported')).toHaveLength(1);
});

test('refuses a closed step-up window with STEP_UP_REQUIRED, and changes nothing', async () => {
  const { client, password } = await newUser(postern);
  postern.clock.advance({ minutes: 16 });
  const events = await eventsDuring(postern.database, async () => {
    expect(errorOf(await exportAs(client, 'account'))).toMatchObject({ status: 403, code: 'STEP_UP_REQUIRED' });
  });
  expect(events).toEqual([]);
  await client.send('mutation ($input: ConfirmIdentityInput!) { confirmIdentity(input: $input) { stepUpExpiresAt } }', {
    input: { password },
  });
  expect((await exportAs(client, 'account')).status).toBe(200);
});

test('refuses tokens, whatever their scopes', async () => {
  const { client } = await newUser(postern);
  const { token } = await newAccessToken(client, {
    scopes: ['ACCOUNT_READ', 'EVENTS_READ', 'KEYS_READ', 'USAGE_READ'],
  });
  for (const by of [
    programWith(postern, token),
    program(postern, await newApiToken(client)),
    await newGateway(postern),
  ])
    expect(errorOf(await exportAs(by, 'account'))).toMatchObject({ status: 403, code: 'FORBIDDEN' });
});

test('answers 429 beyond three exports a day', async () => {
  const { client } = await newUser(postern);
  const statuses = [];
  for (let count = 0; count < 3; count += 1) statuses.push((await exportAs(client, 'account')).status);
  expect(statuses).toEqual([200, 200, 200]);
  const events = await eventsDuring(postern.database, async () => {
    const answer = await exportAs(client, 'account');
    expect(errorOf(answer)).toMatchObject({ status: 429, code: 'RATE_LIMITED' });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(86_000);
  });
  expect(events).toEqual([]);
});

test('reads nothing and records nothing for a request for the headers alone', async () => {
  const { client } = await newUser(postern);
  const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const events = await eventsDuring(postern.database, async () => {
    const { status } = await fetch(`${postern.url}/export/account`, {
      method: 'HEAD',
      headers: { cookie, 'sec-fetch-site': 'same-origin' },
    });
    expect(status).toBe(404);
  });
  expect(events).toEqual([]);
});
