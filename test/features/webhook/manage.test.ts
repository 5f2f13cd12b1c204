import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { query } from '../../support/database.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import type { TestUser } from '../../support/users.js';
import {
  allWebhooks,
  createWebhook,
  deleteWebhook,
  newWebhook,
  rotateWebhookSecret,
  updateWebhook,
} from '../../support/webhooks.js';
import { newUserOfRole } from '../administration/administrators.js';

let postern: TestPostern;
let root: TestUser;
beforeAll(async () => {
  postern = await startPostern();
  Object.assign(postern.app.dependencies, { resolveName: () => Promise.resolve(['198.51.101.7']) });
  root = await newUserOfRole(postern, 'ROOT');
});
afterAll(() => postern.close());

const url = 'https://hooks.example.org/postern';
const eventsOf = (type: string) =>
  query(postern.database, 'select type, account_id, detail from security_events where type = ?', [type]);

describe('createWebhook', () => {
  test('returns the secret once, and stores it sealed (R-126)', async () => {
    const { data } = await createWebhook(root.client, {
      url,
      description: '  Alerts ',
      eventTypes: ['PASSWORD_CHANGED', 'LOGIN_FAILED', 'PASSWORD_CHANGED'],
    });
    const { secret, webhook, userErrors } = data.createWebhook!;
    expect(userErrors).toEqual([]);
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(webhook).toMatchObject({
      url,
      description: 'Alerts',
      eventTypes: ['LOGIN_FAILED', 'PASSWORD_CHANGED'],
      status: 'ACTIVE',
    });
    expect(webhook!.id).toMatch(/^webhook_/);
    expect((await allWebhooks(root.client))[0]).toMatchObject({ id: webhook!.id, url });
    const stored = JSON.stringify(await query(postern.database, 'select * from webhook_secrets'));
    expect(stored).not.toContain(secret!.slice('whsec_'.length));
    expect(await eventsOf('WEBHOOK_CREATED')).toEqual(
      expect.arrayContaining([expect.objectContaining({ detail: webhook!.id })]),
    );
    await deleteWebhook(root.client, webhook!.id);
  });

  test('refuses the twenty-first webhook, and changes nothing (R-131)', async () => {
    for (let count = (await allWebhooks(root.client)).length; count < 20; count += 1)
      await newWebhook(root.client, { url });
    const answer = await createWebhook(root.client, { url });
    expect(answer).toBeRefusedWith(['WEBHOOK_LIMIT']);
    expect(answer.data.createWebhook).toMatchObject({
      secret: null,
      webhook: null,
      userErrors: [{ details: { limit: 20 } }],
    });
    const webhooks = await allWebhooks(root.client);
    expect(webhooks).toHaveLength(20);
    for (const { id } of webhooks) await deleteWebhook(root.client, id);
  });
});

test('updates the given fields, and records each change (R-131)', async () => {
  const { id } = await newWebhook(root.client, { url, description: 'before' });
  const { data } = await updateWebhook(root.client, { id, description: '', eventTypes: ['REGISTERED'] });
  expect(data.updateWebhook!.webhook).toEqual({
    id,
    url,
    description: '',
    eventTypes: ['REGISTERED'],
    status: 'ACTIVE',
  });
  expect((await updateWebhook(root.client, { id, status: 'DISABLED' })).data.updateWebhook!.webhook).toMatchObject({
    status: 'DISABLED',
    eventTypes: ['REGISTERED'],
  });
  expect(await eventsOf('WEBHOOK_UPDATED')).toHaveLength(2);
  await deleteWebhook(root.client, id);
});

test('rotates the secret to another one (R-126)', async () => {
  const { id, secret } = await newWebhook(root.client, { url });
  const { data } = await rotateWebhookSecret(root.client, { id, graceHours: 0 });
  expect(data.rotateWebhookSecret!.secret).toMatch(/^whsec_/);
  expect(data.rotateWebhookSecret!.secret).not.toBe(secret);
  expect(await query(postern.database, 'select valid_until from webhook_secrets')).toEqual([{ valid_until: null }]);
  expect(
    (await rotateWebhookSecret(root.client, { id, graceHours: 169 })).data.rotateWebhookSecret!.userErrors,
  ).toEqual([{ code: 'INVALID_VALUE', field: ['graceHours'] }]);
  await deleteWebhook(root.client, id);
});

test('deletes a webhook with its secrets', async () => {
  const { id } = await newWebhook(root.client, { url });
  expect((await deleteWebhook(root.client, id)).data.deleteWebhook).toEqual({ deletedWebhookId: id, userErrors: [] });
  expect(await query(postern.database, 'select 1 from webhook_secrets')).toEqual([]);
  expect((await deleteWebhook(root.client, id)).data.deleteWebhook!.userErrors).toEqual([
    { code: 'NOT_FOUND', field: ['id'] },
  ]);
});

test.each(['USER', 'ADMIN'] as const)('refuses a %s everything about webhooks (R-131)', async (role) => {
  const { id } = await newWebhook(root.client, { url });
  const { client } = await newUserOfRole(postern, role);
  const answers = [
    await createWebhook(client, { url }),
    await updateWebhook(client, { id, status: 'DISABLED' }),
    await rotateWebhookSecret(client, { id, graceHours: 0 }),
    await deleteWebhook(client, id),
    await client.send('{ webhooks { id } }'),
  ];
  for (const answer of answers) expect(answer).toFailWith('FORBIDDEN');
  expect((await client.send('query ($id: ID!) { node(id: $id) { id } }', { id })).data).toEqual({ node: null });
  expect((await allWebhooks(root.client)).map(({ status }) => status)).toEqual(['ACTIVE']);
  await deleteWebhook(root.client, id);
});
