import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { resolveName } from '../../../src/net/resolve-name.js';
import { query } from '../../support/database.js';
import { eventually } from '../../support/eventually.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import type { TestUser } from '../../support/users.js';
import { WebhookReceiver } from '../../support/webhook-receiver.js';
import {
  allWebhooks,
  createWebhook,
  deliveriesOf,
  newWebhook,
  testWebhook,
  updateWebhook,
} from '../../support/webhooks.js';
import { newUserOfRole } from '../administration/administrators.js';

let postern: TestPostern;
let root: TestUser;
let receiver: WebhookReceiver;
/** What names resolve to. */
let addresses: readonly string[];
const { env } = process;
beforeAll(async () => {
  // Proxies of the environment must not matter.
  Object.assign(env, { HTTP_PROXY: 'http://127.0.0.1:9', HTTPS_PROXY: 'http://127.0.0.1:9', NODE_USE_ENV_PROXY: '1' });
  postern = await startPostern({ WEBHOOK_ALLOWED_NETWORKS: '127.0.0.1' });
  root = await newUserOfRole(postern, 'ROOT');
  receiver = await WebhookReceiver.start();
});
beforeEach(() => {
  addresses = ['198.51.101.7'];
  Object.assign(postern.app.dependencies, { resolveName: () => Promise.resolve(addresses) });
});
afterEach(() => query(postern.database, 'delete from webhooks'));
afterAll(async () => {
  for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'NODE_USE_ENV_PROXY']) delete env[name];
  await postern.close();
  await receiver.close();
});

test.each([
  'http://hooks.example.org/',
  'ftp://hooks.example.org/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'hooks.example.org',
  '',
  'https://',
  'https://user@hooks.example.org/',
  'https://user:secret@hooks.example.org/',
  'https://:@hooks.example.org/',
  'https://@hooks.example.org/',
  'https://hooks.example.org/#fragment',
  'https://hooks.example.org/#',
  'https://hooks.example.org/a b',
  'https://hooks.example.org/\u0000',
  `https://hooks.example.org/${'a'.repeat(2_048)}`,
])('refuses the URL %p, and changes nothing (R-127)', async (url) => {
  const answer = await createWebhook(root.client, { url });
  expect(answer).toBeRefusedWith(['WEBHOOK_URL_REFUSED', 'url']);
  expect(answer.data.createWebhook).toMatchObject({ secret: null, webhook: null });
  expect(await allWebhooks(root.client)).toEqual([]);
});

test.each([
  ['https:hooks.example.org', 'https://hooks.example.org/'],
  ['  HTTPS://Hooks.Example.Org:443/a/../b?c', 'https://hooks.example.org/b?c'],
  ['https://3325256711', 'https://198.51.100.7/'],
  ['https://①⑨⑧.51.100.7/', 'https://198.51.100.7/'],
])('shows the URL %p as it is used', async (url, used) => {
  await newWebhook(root.client, { url });
  expect(await allWebhooks(root.client)).toMatchObject([{ url: used }]);
});

test.each([
  [['10.0.0.1']],
  [['198.51.101.7', '10.0.0.1']],
  [['198.51.101.7', '::1']],
  [['::ffff:169.254.169.254']],
  [[]],
])('refuses a name with the addresses %p (R-127)', async (found) => {
  addresses = found;
  const { data } = await createWebhook(root.client, { url: 'https://hooks.example.org/' });
  expect(data.createWebhook!.userErrors).toMatchObject([{ code: 'WEBHOOK_URL_REFUSED', field: ['url'] }]);
});

test.each([
  'https://167772161/',
  'https://0x0a000001/',
  'https://012.0.0.1/',
  'https://10.1/',
  'https://0xa.1/',
  'https://10.0.0.1./',
  'https://%31%30.0.0.1/',
  'https://１０.0.0.1/',
  'https://10。0。0。1/',
  'https://0/',
  'https://169.254.43518/',
  'https://[::1]/',
  'https://[::ffff:a00:1]/',
  'https://[::10.0.0.1]/',
  'https://[64:ff9b::10.0.0.1]/',
  'https://[2002:a00:1::]/',
  'https://[fe80::1%25eth0]/',
  'https://localhost/',
  'https://LOCALHOST./',
  'https://postern.localhost/',
])('refuses %s, which spells an address that is not public (R-127)', async (url) => {
  Object.assign(postern.app.dependencies, { resolveName });
  const { data } = await createWebhook(root.client, { url });
  expect(data.createWebhook!.userErrors).toMatchObject([{ code: 'WEBHOOK_URL_REFUSED', field: ['url'] }]);
  expect(await allWebhooks(root.client)).toEqual([]);
});

test('refuses another URL of a webhook by the same rules (R-127)', async () => {
  const { id } = await newWebhook(root.client, { url: 'https://hooks.example.org/' });
  addresses = ['192.168.0.1'];
  const { data } = await updateWebhook(root.client, { id, url: 'https://other.example.org/' });
  expect(data.updateWebhook).toEqual({
    webhook: null,
    userErrors: [{ code: 'WEBHOOK_URL_REFUSED', field: ['url'] }],
  });
  expect(await allWebhooks(root.client)).toMatchObject([{ url: 'https://hooks.example.org/' }]);
});

test('accepts http for this machine alone, in development (R-127)', async () => {
  addresses = ['127.0.0.1'];
  expect((await newWebhook(root.client, { url: 'http://hooks.example.org/' })).id).toMatch(/^webhook_/);
});

test.each(['127.0.0.2', '::1', '169.254.169.254'])(
  'sends nothing when a name leads to %s after it was accepted (R-127)',
  async (later) => {
    const before = postern.log.length;
    const { id } = await newWebhook(root.client, { url: `https://hooks.example.org:${receiver.port}/` });
    addresses = [later];
    await testWebhook(root.client, id);
    await eventually(async () => (await deliveriesOf(root.client, id))[0]!.attempts === 1, 'an attempt');
    const isRefusal = (line: string) => line.includes('an address of the name is refused');
    await eventually(() => postern.log.slice(before).some(isRefusal), 'the refusal');
    expect(receiver.messages).toEqual([]);
  },
);

test('connects to the addresses that were checked, without another look-up or a proxy (R-127)', async () => {
  addresses = ['127.0.0.1'];
  // No name server knows this name.
  const { id } = await newWebhook(root.client, { url: `http://no-such-name.invalid:${receiver.port}/hook` });
  await testWebhook(root.client, id);
  await eventually(async () => (await deliveriesOf(root.client, id))[0]!.status === 'DELIVERED', 'the delivery');
  expect(receiver.messages.at(-1)).toMatchObject({
    path: '/hook',
    headers: { host: `no-such-name.invalid:${receiver.port}` },
  });
});
